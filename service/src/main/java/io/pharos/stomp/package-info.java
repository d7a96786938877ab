/**
 * STOMP 1.0, 1.1 and 1.2: frames, their codec, and the server's side of the protocol. Knows neither
 * sockets nor Jakarta; the codec serves clients as well.
 */
@NullMarked
package io.pharos.stomp;

import org.jspecify.annotations.NullMarked;
