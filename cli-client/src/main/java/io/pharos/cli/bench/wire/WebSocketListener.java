package io.pharos.cli.bench.wire;

/** What comes over a WebSocket. */
interface WebSocketListener {
  /** A piece of a message. */
  void data(byte[] bytes, int offset, int length);

  /** The message is complete. */
  void messageEnd();

  void ping(byte[] payload);

  /** The server closes. */
  void close(int code, String reason);
}
