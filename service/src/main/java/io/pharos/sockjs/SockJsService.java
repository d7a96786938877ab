package io.pharos.sockjs;

import org.jspecify.annotations.Nullable;

/**
 * What is offered over SockJS.
 *
 * @param <C> what is known of a client from its request
 */
public interface SockJsService<C> {

  /** Starts with a client that comes; may send and close at once. */
  SockJsHandler open(SockJsConnection connection, C client);

  /** Why there is no session for this client now; null when there is one. */
  default @Nullable CloseStatus refusal(C client) {
    return null;
  }

  /** Whether a request for a session comes from whoever opened it, as far as can be told. */
  default boolean isSame(C opener, C client) {
    return true;
  }
}
