/**
 * Who is connected and subscribed, over all nodes, and who joins and leaves: the ports, and their
 * forms for a node that is alone.
 */
@NullMarked
package io.pharos.presence;

import org.jspecify.annotations.NullMarked;
