package io.pharos.cli.bench.wire;

/** What a publisher hears. */
public interface PublisherEvents {
  /** It may send. */
  void ready();

  /** The oldest request that had no answer has one. */
  void answered(int status);

  /** The server will close after the answer that has just come. */
  void ending();
}
