package io.pharos.benchmark.server;

import java.util.Map;

/** One of the servers that are compared, before it runs. */
public interface Starter {
  /** The name in reports. */
  String name();

  /** Why it cannot be started here; empty when it can. */
  String missing();

  /** Starts it on a free port of the loopback interface, and waits until it answers. */
  Server start();

  /** The same with some settings of this server's own, as environment variables. */
  default Server start(Map<String, String> settings) {
    return start();
  }

  /** Its version, for the report. */
  String version();
}
