package io.pharos.cli.bench.wire;

/** The way to the server. Never blocks: what the socket does not take waits. */
@FunctionalInterface
public interface Outlet {
  /** Sends all of the bytes, which the caller must not change any more. */
  void send(byte[] bytes);
}
