/**
 * Who is connected and subscribed, over all nodes: the port, and its form for a node that is alone.
 */
@NullMarked
package io.pharos.presence;

import org.jspecify.annotations.NullMarked;
