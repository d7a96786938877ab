package io.pharos.benchmark.server;

import java.util.List;

/** A server that runs. Closing it ends all its processes. */
public interface Server extends AutoCloseable {
  /** The name in reports. */
  String name();

  /** The options that tell {@code pharos bench} how to subscribe and publish. */
  List<String> access(Way way);

  /** Its processes, to be measured. */
  List<Long> processes();

  /** Collects garbage, as far as it is a JVM. */
  void collectGarbage();

  @Override
  void close();
}
