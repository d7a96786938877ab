/** The node's two halves: the publisher is the way in, the hub is the way out. */
@NullMarked
package io.pharos.hub;

import org.jspecify.annotations.NullMarked;
