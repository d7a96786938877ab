package io.pharos.cli.stream;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** The client's heart-beats (STOMP 1.2, "Heart-beating"): a line end in each interval. */
final class Pulse {
  private final Link link;
  private final Inbox inbox;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("heart-beat").factory());

  Pulse(Link link, Inbox inbox) {
    this.link = link;
    this.inbox = inbox;
  }

  /** Starts beating; never, when the interval is zero. */
  void beatEvery(Duration interval) {
    if (!interval.isZero()) {
      // A little sooner than promised, so that a slow way does not look like silence.
      long millis = interval.toMillis() * 4 / 5;
      var unused = timer.scheduleAtFixedRate(this::beat, millis, millis, TimeUnit.MILLISECONDS);
    }
  }

  void stop() {
    timer.shutdownNow();
  }

  private void beat() {
    try {
      link.send("\n");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException | RuntimeException e) {
      inbox.end(new IOException("the connection broke: " + e.getMessage(), e));
      timer.shutdown();
    }
  }
}
