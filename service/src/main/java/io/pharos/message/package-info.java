/** Immutable values: what is published, where, and the position the broker gave it. */
@NullMarked
package io.pharos.message;

import org.jspecify.annotations.NullMarked;
