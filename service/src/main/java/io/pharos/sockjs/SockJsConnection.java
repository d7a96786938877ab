package io.pharos.sockjs;

import java.io.IOException;

/**
 * One session as its handler sees it: something that behaves like a WebSocket, whatever carries it.
 * One thread at a time sends; closing can come from any other one.
 */
public interface SockJsConnection {

  /**
   * Sends one message. Returns when it is written or waits for the client to fetch it; blocks while
   * too much waits.
   *
   * @throws IOException when the session has ended, also while this is blocked
   */
  void send(String message) throws IOException;

  /**
   * Closes the session: the client gets what waits for it, and then learns why. Idempotent. Gives
   * up a {@link #send} that is blocked. May block.
   */
  void close(CloseStatus status);

  /** How the client receives, in SockJS' own word: {@code xhr_streaming}, {@code websocket}. */
  String transport();
}
