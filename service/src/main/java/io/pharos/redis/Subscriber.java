package io.pharos.redis;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Listens to the channels that are claimed, on as many connections as the servers need. */
final class Subscriber implements AutoCloseable {

  /** Takes what comes. Called by reading threads: must not block. */
  interface Receiver {
    /** A message came. */
    void received(byte[] channel, byte[] payload);

    /** Redis has confirmed every channel that is wanted, perhaps after some time without. */
    void settled();
  }

  private final RedisTimings timings;
  private final ChannelClaims claims;
  private final Ears ears;

  /**
   * @param ears makes the connections for these claims
   */
  Subscriber(RedisTimings timings, Function<ChannelClaims, Ears> ears) {
    this.timings = timings;
    this.claims = new ChannelClaims(timings.linger().toNanos());
    this.ears = ears.apply(claims);
    claims.route(this.ears);
  }

  void start(Receiver receiver) {
    ears.start(receiver);
  }

  /**
   * Wants channels, and returns when Redis has confirmed all of them.
   *
   * @throws RedisUnavailable when it does not within the time of a call; then none is wanted
   */
  void claim(Collection<Channel> channels) {
    List<CompletableFuture<@Nullable Void>> confirmed = new ArrayList<>(channels.size());
    channels.forEach(channel -> confirmed.add(claims.claim(channel)));
    long deadline = System.nanoTime() + timings.call().toNanos();
    try {
      for (CompletableFuture<@Nullable Void> each : confirmed) {
        each.get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
      }
    } catch (TimeoutException | ExecutionException e) {
      channels.forEach(claims::release);
      throw RedisUnavailable.unconfirmed(e);
    } catch (InterruptedException e) {
      channels.forEach(claims::release);
      Thread.currentThread().interrupt();
      throw RedisUnavailable.unconfirmed(e);
    }
  }

  /** Wants a channel for good, and does not wait. */
  void want(Channel channel) {
    var unused = claims.claim(channel);
  }

  void release(Channel channel) {
    claims.release(channel);
  }

  /** Whether everything that is wanted is listened to at this moment. */
  boolean isSettled() {
    return claims.isSettled();
  }

  @Override
  public void close() {
    ears.close();
  }
}
