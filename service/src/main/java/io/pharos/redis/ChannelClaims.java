package io.pharos.redis;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Which channels are wanted, by how many, on which connection, and how far Redis knows. Claiming
 * and releasing only changes this table; {@link Lane#await} hands the differences to the one thread
 * that writes to a connection.
 */
final class ChannelClaims {

  /** What to tell Redis. */
  record Changes(List<Channel> subscribe, List<Channel> unsubscribe) {
    static final Changes NONE = new Changes(List.of(), List.of());

    boolean isEmpty() {
      return subscribe.isEmpty() && unsubscribe.isEmpty();
    }
  }

  private static final class Claim {
    private @Nullable Lane lane;
    private int count;
    private long released;
    private boolean sent;
    private CompletableFuture<@Nullable Void> confirmed = new CompletableFuture<>();
  }

  private final long lingerNanos;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<Channel, Claim> claims = new HashMap<>();
  private final Set<Lane> lanes = new HashSet<>();
  private @Nullable Ears ears;
  private int unconfirmed;

  ChannelClaims(long lingerNanos) {
    this.lingerNanos = lingerNanos;
  }

  /** Says who knows which connection a channel is for. */
  void route(Ears newEars) {
    lock.lock();
    try {
      ears = newEars;
    } finally {
      lock.unlock();
    }
  }

  /** One more connection. */
  Lane addLane() {
    lock.lock();
    try {
      var lane = new Lane();
      lanes.add(lane);
      return lane;
    } finally {
      lock.unlock();
    }
  }

  /** A connection that is not used any more, and that no channel is for. */
  void removeLane(Lane lane) {
    lock.lock();
    try {
      lanes.remove(lane);
    } finally {
      lock.unlock();
    }
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
        place(channel, claim, laneOf(channel));
      }
      claim.count++;
      return claim.confirmed;
    } finally {
      lock.unlock();
    }
  }

  private @Nullable Lane laneOf(Channel channel) {
    return ears == null ? null : ears.lane(channel);
  }

  private void place(Channel channel, Claim claim, @Nullable Lane lane) {
    claim.lane = lane;
    if (lane != null) {
      lane.unsent.add(channel);
      lane.changed.signalAll();
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

  /** Channels may be for other connections now: those are to be told. */
  void reroute() {
    lock.lock();
    try {
      claims
          .entrySet()
          .removeIf(
              entry -> {
                Claim claim = entry.getValue();
                Lane lane = laneOf(entry.getKey());
                if (lane != claim.lane) {
                  unconfirm(claim);
                  place(entry.getKey(), claim, lane);
                }
                boolean over = claim.lane == null && claim.count == 0;
                unconfirmed -= over ? 1 : 0;
                return over;
              });
    } finally {
      lock.unlock();
    }
  }

  private void unconfirm(Claim claim) {
    claim.sent = false;
    if (claim.confirmed.isDone()) {
      claim.confirmed = new CompletableFuture<>();
      unconfirmed++;
    }
  }

  /** Whether all connections are there, and Redis has confirmed on them all that is wanted. */
  boolean isSettled() {
    lock.lock();
    try {
      return unconfirmed == 0 && lanes.stream().allMatch(lane -> lane.connected);
    } finally {
      lock.unlock();
    }
  }

  /** What concerns one connection. */
  final class Lane {
    private final Condition changed = lock.newCondition();
    private final List<Channel> unsent = new ArrayList<>();

    /** To be sent again, but not at once. */
    private final List<Channel> refused = new ArrayList<>();

    private long refusedAt;
    private boolean connected;

    private Lane() {}

    /** A new connection knows none of the channels. */
    void connected() {
      lock.lock();
      try {
        connected = true;
        unsent.clear();
        refused.clear();
        claims.forEach(
            (channel, claim) -> {
              if (claim.lane == this) {
                unconfirm(claim);
                unsent.add(channel);
              }
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
      lock.lock();
      try {
        Claim claim = claims.get(channel);
        if (claim == null || claim.lane != this || !claim.sent || claim.confirmed.isDone()) {
          return false;
        }
        // Whoever waits does no more than that in this thread.
        claim.confirmed.complete(null);
        unconfirmed--;
        return unconfirmed == 0;
      } finally {
        lock.unlock();
      }
    }

    /** Redis has ended a channel by itself: asking again shows where it is now. */
    boolean withdrawn(Channel channel) {
      lock.lock();
      try {
        Claim claim = claims.get(channel);
        boolean wanted = claim != null && claim.lane == this && claim.sent;
        if (claim != null && wanted) {
          unconfirm(claim);
          unsent.add(channel);
          changed.signalAll();
        }
        return wanted;
      } finally {
        lock.unlock();
      }
    }

    /** Redis could not do what it was told: all that it has not confirmed is told again, later. */
    void refused() {
      lock.lock();
      try {
        refusedAt = refused.isEmpty() ? System.nanoTime() : refusedAt;
        claims.forEach(
            (channel, claim) -> {
              if (claim.lane == this && claim.sent && !claim.confirmed.isDone()) {
                claim.sent = false;
                refused.add(channel);
              }
            });
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
          return Changes.NONE;
        }
        if (!refused.isEmpty() && System.nanoTime() - refusedAt >= nanos) {
          unsent.addAll(refused);
          refused.clear();
        }
        var subscribe = unsent.stream().filter(this::take).toList();
        unsent.clear();
        return new Changes(subscribe, expired());
      } finally {
        lock.unlock();
      }
    }

    /** False when the channel has become another connection's. */
    private boolean take(Channel channel) {
      Claim claim = claims.get(channel);
      boolean mine = claim != null && claim.lane == this && !claim.sent;
      if (claim != null && mine) {
        claim.sent = true;
      }
      return mine;
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
                    claim.lane == this
                        && claim.count == 0
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
}
