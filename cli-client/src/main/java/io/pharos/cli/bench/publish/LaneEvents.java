package io.pharos.cli.bench.publish;

/** What becomes of lanes and their publications. */
public interface LaneEvents {
  /** A lane has its first connection. */
  void ready();

  /** The server did not take a publication. */
  void refused(int publication, String why);

  /** A lane cannot go on. */
  void broken(Exception cause);
}
