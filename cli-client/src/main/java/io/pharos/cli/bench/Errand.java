package io.pharos.cli.bench;

import java.util.function.IntConsumer;

/** A request to be sent over a shared line, and who waits for its answer. */
final class Errand {
  private final byte[] request;
  private final IntConsumer answered;

  Errand(byte[] request, IntConsumer answered) {
    this.request = request;
    this.answered = answered;
  }

  /** Not to be changed. */
  byte[] request() {
    return request;
  }

  void answered(int status) {
    answered.accept(status);
  }
}
