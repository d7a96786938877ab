/** An application that tries out what handlers and observers may do. */
@NullMarked
package io.pharos.it.handlers;

import org.jspecify.annotations.NullMarked;
