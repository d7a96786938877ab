package io.pharos.redis;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Hands what a broker hears to whom it concerns. */
final class Hearing implements Subscriber.Receiver {
  private final Tails tails;
  private final Watch watch;
  private final byte[] indexChannel;

  Hearing(Tails tails, Watch watch, String indexChannel) {
    this.tails = tails;
    this.watch = watch;
    this.indexChannel = indexChannel.getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public void received(byte[] channel, byte[] payload) {
    if (Arrays.equals(channel, indexChannel)) {
      tails.noted(Index.heard(payload));
    } else {
      tails.received(payload);
    }
  }

  @Override
  public void settled() {
    watch.compareAll();
  }
}
