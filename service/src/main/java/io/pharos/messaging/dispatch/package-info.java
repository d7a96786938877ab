/** Finds the handler for a message, calls it, and sends what it returns. */
@NullMarked
package io.pharos.messaging.dispatch;

import org.jspecify.annotations.NullMarked;
