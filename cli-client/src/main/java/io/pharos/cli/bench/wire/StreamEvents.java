package io.pharos.cli.bench.wire;

/** What a client learns from its stream. */
public interface StreamEvents {
  /** From now on publications reach this client. */
  void subscribed();

  /**
   * One of the benchmark's own messages came.
   *
   * @param publication its number
   * @param intended when it should have been sent, by {@link System#nanoTime}
   */
  void delivered(int publication, long intended);

  /** The server says that messages are missing. */
  void gap();

  /** The server says why it ends the stream; the connection's end follows. */
  void ended(String reason);
}
