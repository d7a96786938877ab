package io.pharos.cli.bench.net;

/** How much a connection's socket may take in before the sender feels it. */
public enum Buffers {
  /** What the operating system chooses. */
  DEFAULT,
  /** As little as it allows: for a client that is to stall early. */
  SMALL;

  static final int SMALL_BYTES = 4096;
}
