package io.pharos.sockjs;

/** A session over a WebSocket, from the WebSocket's side. */
public interface SockJsSocket {

  /** The client sent a text. What cannot be read ends it at once. */
  void receive(String text);

  /** The WebSocket has closed. Idempotent. */
  void closed();
}
