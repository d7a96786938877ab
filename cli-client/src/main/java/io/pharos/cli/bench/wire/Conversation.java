package io.pharos.cli.bench.wire;

/**
 * One client's side of a protocol, from the first byte of one connection to its last; where the
 * protocol allows it, over further connections.
 */
public interface Conversation {
  /** The connection stands: says the first words. Once for each connection. */
  void start();

  /**
   * Takes what came, in pieces of any size.
   *
   * @throws WireException when the server refused, or broke the protocol
   */
  void received(byte[] bytes, int offset, int length);

  /**
   * The connection has ended.
   *
   * @return whether the conversation goes on over another one, and nothing is lost
   */
  default boolean goesOn() {
    return false;
  }
}
