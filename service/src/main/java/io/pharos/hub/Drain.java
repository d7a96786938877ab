package io.pharos.hub;

import io.pharos.session.CloseReason;
import io.pharos.session.Session;
import io.pharos.session.Sessions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Empties a node before it is stopped: it is not ready from then on, new clients are sent away, and
 * those that are connected are told to go, one after the other, so that the other nodes are not run
 * over. What was published is delivered first.
 */
public final class Drain {
  private final Sessions sessions;
  private final ScheduledExecutorService timer;
  private final AtomicBoolean draining = new AtomicBoolean();

  public Drain(Sessions sessions, ScheduledExecutorService timer) {
    this.sessions = sessions;
    this.timer = timer;
  }

  public boolean isDraining() {
    return draining.get();
  }

  /**
   * Starts to drain, once: a second call changes nothing.
   *
   * @param window over how long the clients are spread
   * @return how many clients there are
   */
  public int start(Duration window) {
    List<Session> all = new ArrayList<>(sessions.all());
    if (!draining.compareAndSet(false, true)) {
      return all.size();
    }
    Collections.shuffle(all);
    for (int i = 0; i < all.size(); i++) {
      Session session = all.get(i);
      long delay = window.toMillis() * i / all.size();
      var unused =
          timer.schedule(
              () -> session.close(CloseReason.SERVER_STOPPING), delay, TimeUnit.MILLISECONDS);
    }
    return all.size();
  }
}
