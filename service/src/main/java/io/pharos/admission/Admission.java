package io.pharos.admission;

import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The node's door: how many clients are in, and how fast they come. One short lock section decides
 * and counts, so that no bound is ever passed and nobody is refused who has a place. Each place is
 * given up exactly once.
 */
public final class Admission {
  private final AdmissionLimits limits;
  private final AdmissionMetrics metrics;
  private final ReentrantLock lock = new ReentrantLock();
  private final TokenBucket handshakes;
  private final Tally addresses;
  private final Tally users;
  private int connections;

  /**
   * @param nanoTime a clock that never goes back, in nanoseconds
   */
  public Admission(AdmissionLimits limits, AdmissionMetrics metrics, LongSupplier nanoTime) {
    this.limits = limits;
    this.metrics = metrics;
    this.handshakes = new TokenBucket(limits.handshakesPerSecond(), nanoTime);
    this.addresses = new Tally(limits.address());
    this.users = new Tally(limits.user());
  }

  /**
   * Lets a handshake begin, and counts it, where refusing is still cheap. It promises no place.
   *
   * @throws NotAdmittedException when there would be no place, or too many come at once
   */
  public void handshake(String address) {
    lock.lock();
    try {
      Refusal refusal = full(address);
      if (refusal == null && !handshakes.tryTake()) {
        refusal = Refusal.TOO_FAST;
      }
      check(refusal);
    } finally {
      lock.unlock();
    }
  }

  /**
   * Takes a place for a connection from this address.
   *
   * @throws NotAdmittedException when there is none
   */
  public Ticket enter(String address) {
    lock.lock();
    try {
      check(full(address));
      connections++;
      addresses.add(address);
      return new Counted(address);
    } finally {
      lock.unlock();
    }
  }

  /** How many places are taken. */
  public int connections() {
    lock.lock();
    try {
      return connections;
    } finally {
      lock.unlock();
    }
  }

  private @Nullable Refusal full(String address) {
    if (limits.node() > 0 && connections >= limits.node()) {
      return Refusal.NODE_FULL;
    }
    return addresses.isFull(address) ? Refusal.ADDRESS_FULL : null;
  }

  private void check(@Nullable Refusal refusal) {
    if (refusal != null) {
      metrics.refused(refusal);
      throw new NotAdmittedException(refusal);
    }
  }

  private final class Counted implements Ticket {
    private final String address;
    private @Nullable String user;
    private boolean open = true;
    private boolean over;

    private Counted(String address) {
      this.address = address;
    }

    @Override
    public void login(String newUser) {
      lock.lock();
      try {
        if (user != null) {
          throw new IllegalStateException("the connection is counted for a user already");
        }
        check(users.isFull(newUser) ? Refusal.USER_FULL : null);
        if (!over) {
          user = newUser;
          users.add(newUser);
        }
      } finally {
        lock.unlock();
      }
    }

    @Override
    public void logout() {
      lock.lock();
      try {
        if (!over && user != null) {
          users.remove(user);
        }
        over = true;
      } finally {
        lock.unlock();
      }
    }

    @Override
    public void close() {
      lock.lock();
      try {
        logout();
        if (open) {
          open = false;
          connections--;
          addresses.remove(address);
        }
      } finally {
        lock.unlock();
      }
    }
  }
}
