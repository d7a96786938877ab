package io.pharos.cli.bench.net;

/** The program's side of a connection. Called on the reactor's thread. */
public interface Peer {
  /** The connection stands. */
  void connected(Connection connection);

  /**
   * Bytes came. They lie in a buffer that the next connection uses again.
   *
   * @throws RuntimeException to close the connection, with the exception as the cause
   */
  void received(Connection connection, byte[] bytes, int offset, int length);

  /** The connection is gone, or never came about; not called after {@link Connection#close}. */
  void closed(Connection connection, Exception cause);
}
