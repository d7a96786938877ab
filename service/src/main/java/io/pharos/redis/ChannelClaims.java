package io.pharos.redis;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Which channels are wanted, by how many, and how far Redis knows. Claiming and releasing only
 * changes this table; {@link #await} hands the differences to the one thread that writes.
 */
final class ChannelClaims {

  /** What to tell Redis. */
  record Changes(List<Channel> subscribe, List<Channel> unsubscribe) {
    boolean isEmpty() {
      return subscribe.isEmpty() && unsubscribe.isEmpty();
    }
  }

  private static final class Claim {
    private int count;
    private long released;
    private boolean sent;
    private CompletableFuture<@Nullable Void> confirmed = new CompletableFuture<>();
  }

  private final long lingerNanos;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Map<Channel, Claim> claims = new HashMap<>();
  private final List<Channel> unsent = new ArrayList<>();
  private int unconfirmed;
  private boolean connected;

  ChannelClaims(long lingerNanos) {
    this.lingerNanos = lingerNanos;
  }

  /** Wants a channel once more. The answer is complete when Redis has confirmed it. */
  CompletableFuture<@Nullable Void> claim(Channel channel) {
    lock.lock();
    try {
      Claim claim = claims.get(channel);
      if (claim == null) {
        claim = new Claim();
        claims.put(channel, claim);
        unconfirmed++;
        unsent.add(channel);
        changed.signalAll();
      }
      claim.count++;
      return claim.confirmed;
    } finally {
      lock.unlock();
    }
  }

  /** Wants it once less. After the last time it stays for a while. */
  void release(Channel channel) {
    lock.lock();
    try {
      Claim claim = claims.get(channel);
      if (claim != null && claim.count > 0) {
        claim.count--;
        claim.released = System.nanoTime();
      }
    } finally {
      lock.unlock();
    }
  }

  /** A new connection knows none of the channels. */
  void connected() {
    lock.lock();
    try {
      connected = true;
      unsent.clear();
      unconfirmed = claims.size();
      claims.forEach(
          (channel, claim) -> {
            claim.sent = false;
            if (claim.confirmed.isDone()) {
              claim.confirmed = new CompletableFuture<>();
            }
            unsent.add(channel);
          });
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  void disconnected() {
    lock.lock();
    try {
      connected = false;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Redis has confirmed a channel.
   *
   * @return whether it was the last one that was not
   */
  boolean confirmed(Channel channel) {
    CompletableFuture<@Nullable Void> waiting = null;
    boolean last = false;
    lock.lock();
    try {
      Claim claim = claims.get(channel);
      if (claim != null && claim.sent && !claim.confirmed.isDone()) {
        waiting = claim.confirmed;
        unconfirmed--;
        last = unconfirmed == 0;
      }
    } finally {
      lock.unlock();
    }
    if (waiting != null) {
      waiting.complete(null);
    }
    return last;
  }

  /** Whether there is a connection, and Redis has confirmed on it all that is wanted. */
  boolean isSettled() {
    lock.lock();
    try {
      return connected && unconfirmed == 0;
    } finally {
      lock.unlock();
    }
  }

  /** Waits until there is something to tell Redis, for so long at the most. */
  Changes await(long nanos) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      long left = nanos;
      while ((!connected || unsent.isEmpty()) && left > 0) {
        left = changed.awaitNanos(left);
      }
      if (!connected) {
        return new Changes(List.of(), List.of());
      }
      var subscribe = List.copyOf(unsent);
      unsent.clear();
      subscribe.forEach(channel -> sent(channel));
      return new Changes(subscribe, expired());
    } finally {
      lock.unlock();
    }
  }

  private void sent(Channel channel) {
    Claim claim = claims.get(channel);
    if (claim != null) {
      claim.sent = true;
    }
  }

  /** Only what is confirmed: a later confirmation then belongs to a later claim. */
  private List<Channel> expired() {
    long now = System.nanoTime();
    var expired = new ArrayList<Channel>(0);
    claims
        .entrySet()
        .removeIf(
            entry -> {
              Claim claim = entry.getValue();
              boolean over =
                  claim.count == 0
                      && claim.confirmed.isDone()
                      && now - claim.released > lingerNanos;
              if (over) {
                expired.add(entry.getKey());
              }
              return over;
            });
    return expired;
  }
}
