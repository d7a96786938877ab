package io.pharos.relay;

import java.util.concurrent.Executor;

/** What the clock asks of a connection. */
final class Pulse {
  private Pulse() {}

  /** Never blocks. */
  static void check(BrokerConnection connection, long nanos, Executor executor) {
    if (connection.isStalled(nanos)) {
      executor.execute(connection::abort);
    } else if (connection.beatDue(nanos)) {
      executor.execute(connection::beat);
    }
  }
}
