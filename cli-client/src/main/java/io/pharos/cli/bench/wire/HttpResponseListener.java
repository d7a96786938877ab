package io.pharos.cli.bench.wire;

/** The parts of an HTTP response, in their order. */
interface HttpResponseListener {
  /** The status line and all headers have come. */
  void head(HttpHead head);

  /** A piece of the body, without its transfer coding; or, after 101, of the other protocol. */
  void body(byte[] bytes, int offset, int length);

  /** The response is complete. */
  void end();
}
