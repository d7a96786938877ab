/** The client's side of SockJS 0.3.3: frames and addresses. Knows no sockets, and no STOMP. */
@NullMarked
package io.pharos.cli.sockjs;

import org.jspecify.annotations.NullMarked;
