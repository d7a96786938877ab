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

  /** Begins to record where its time goes, as far as it is a JVM. */
  default void beginProfile() {}

  /** What was recorded since {@link #beginProfile}, for people; empty when nothing can be told. */
  default String endProfile() {
    return "";
  }

  /** What its heap holds, for people; empty when it has none. */
  default String heap() {
    return "";
  }

  @Override
  void close();
}
