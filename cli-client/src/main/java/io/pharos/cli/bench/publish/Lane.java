package io.pharos.cli.bench.publish;

/**
 * One way to publish. All publications of a destination take the same lane, which keeps their
 * order.
 */
public interface Lane {
  /** Opens the connection. */
  void open();

  /** Takes a publication that is due. Never waits for the server. */
  void add(int publication, long intended);

  /** Sends what was added. */
  void flush();
}
