package io.pharos.cli.bench.wire;

/** One client's side of a protocol, from the first byte of one connection to its last. */
public interface Conversation {
  /** The connection stands: says the first words. */
  void start();

  /**
   * Takes what came, in pieces of any size.
   *
   * @throws WireException when the server refused, or broke the protocol
   */
  void received(byte[] bytes, int offset, int length);
}
