package io.pharos.cli.bench;

import io.pharos.cli.bench.measure.SocketTable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Watches, from the operating system's side, when a server on this machine gives up the clients
 * that do not read.
 */
final class SlowWatch {
  private static final Path NET = Path.of("/proc/net");

  private final int serverPort;
  private final Set<Integer> ports = new HashSet<>();
  private final List<Double> cutAfter = new ArrayList<>();
  private final boolean available;
  private final long start;

  /**
   * Begins to watch.
   *
   * @param ports the clients' own ports
   * @param start from when to count, by {@link System#nanoTime}
   */
  SlowWatch(int serverPort, List<Integer> ports, long start) throws IOException {
    this.serverPort = serverPort;
    this.ports.addAll(ports);
    this.start = start;
    SocketTable table = ports.isEmpty() ? null : SocketTable.read(NET);
    this.available =
        table != null && ports.stream().allMatch(p -> table.isEstablished(serverPort, p));
  }

  /** Looks once. */
  void look() throws IOException {
    if (available && !ports.isEmpty()) {
      SocketTable table = SocketTable.read(NET);
      double seconds = (System.nanoTime() - start) / 1e9;
      int before = ports.size();
      ports.removeIf(port -> !table.isEstablished(serverPort, port));
      cutAfter.addAll(Collections.nCopies(before - ports.size(), seconds));
    }
  }

  SlowSummary summary(int clients) {
    return new SlowSummary(clients, available, List.copyOf(cutAfter));
  }
}
