package io.pharos.cli.bench.wire;

import java.util.function.IntConsumer;

/** Sends requests beside the clients' own connections. On the clients' thread. */
@FunctionalInterface
public interface Courier {
  /** The status of an answer that did not come. */
  int NO_ANSWER = 0;

  /**
   * Sends a whole request.
   *
   * @param answered is told the answer's status, or {@link #NO_ANSWER}
   */
  void send(byte[] request, IntConsumer answered);
}
