package io.pharos.cli.bench;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/** Whether this process may open as many connections as a load needs. */
final class OpenFiles {
  private static final int OWN = 200;

  private OpenFiles() {}

  /**
   * Checks the limit; Java has raised it as far as it may.
   *
   * @throws IllegalArgumentException when it does not suffice; says what to do
   */
  static void require(int connections) {
    if (ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix) {
      long limit = unix.getMaxFileDescriptorCount();
      if (connections + OWN > limit) {
        throw new IllegalArgumentException(
            connections
                + " clients need "
                + (connections + OWN)
                + " open files, but the limit is "
                + limit
                + ": raise it with 'ulimit -Hn' (as root) or start fewer clients");
      }
    }
  }
}
