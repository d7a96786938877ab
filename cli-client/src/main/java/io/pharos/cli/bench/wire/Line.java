package io.pharos.cli.bench.wire;

/** A client's connection, as its conversation sees it: whichever it is at the moment. */
public interface Line extends Outlet {
  /** Gives the connection up, for this reason; does nothing when the conversation is over. */
  void fail(Exception cause);
}
