package io.pharos.stomp;

import java.io.IOException;

/**
 * What carries frames to one client: a WebSocket, or something that behaves like one. One thread at
 * a time sends; closing can come from any other one.
 */
public interface StompTransport {

  /** Sends one text message: whole frames, or a heart-beat. May block until the client reads. */
  void sendText(String text) throws IOException;

  /** Sends one binary message: a whole frame whose body is not text. May block as well. */
  void sendBinary(byte[] bytes) throws IOException;

  /** Whether {@link #ping} does something. */
  default boolean pings() {
    return false;
  }

  /**
   * Asks for a sign of life, where the transport has one that frames know nothing of. May block.
   */
  default void ping() throws IOException {
    // What has heart-beats of its own needs none.
  }

  /** Closes it, also while a send is blocked, or when it is closed already. May block. */
  void close(CloseCode code);

  /** What it is, in a word for people: a WebSocket is {@code stomp}. */
  default String name() {
    return "stomp";
  }
}
