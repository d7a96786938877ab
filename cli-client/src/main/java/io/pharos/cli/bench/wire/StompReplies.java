package io.pharos.cli.bench.wire;

/** A STOMP server's answers. */
interface StompReplies {
  void connected();

  void receipt();

  /** The server refuses, and will close. */
  void error(String message);
}
