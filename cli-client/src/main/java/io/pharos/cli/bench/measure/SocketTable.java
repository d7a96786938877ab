package io.pharos.cli.bench.measure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The machine's TCP connections as the operating system sees them, {@code /proc/net/tcp}: the only
 * way to learn that a server has given up a connection whose client does not read.
 */
public final class SocketTable {
  private static final int ESTABLISHED = 1;

  private final Map<Long, Integer> states = new HashMap<>();

  private SocketTable() {}

  /** Reads the table; empty where there is none. */
  public static SocketTable read(Path net) throws IOException {
    var table = new SocketTable();
    for (String file : List.of("tcp", "tcp6")) {
      try {
        table.add(Files.readAllLines(net.resolve(file)));
      } catch (NoSuchFileException e) {
        // Not Linux, or no IPv6.
      }
    }
    return table;
  }

  private void add(List<String> lines) {
    for (String line : lines.subList(Math.min(1, lines.size()), lines.size())) {
      String[] fields = line.strip().split("\\s+", -1);
      states.put(pair(port(fields[1]), port(fields[2])), Integer.parseInt(fields[3], 16));
    }
  }

  /**
   * Whether the connection between these ports still stands at the side of the first.
   *
   * @return false when that side has closed it, or is not on this machine
   */
  public boolean isEstablished(int port, int otherPort) {
    return states.getOrDefault(pair(port, otherPort), 0) == ESTABLISHED;
  }

  private static int port(String address) {
    return Integer.parseInt(address.substring(address.lastIndexOf(':') + 1), 16);
  }

  private static long pair(int port, int otherPort) {
    return (long) port << 16 | otherPort;
  }
}
