package io.pharos.relay;

import io.pharos.broker.BrokerAvailability;
import io.pharos.message.PharosException;
import io.pharos.stomp.Command;
import io.pharos.stomp.Frame;
import io.pharos.stomp.Version;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The application's connection to the broker, which opens itself again: what is said while it is
 * away is refused, not kept.
 */
final class SystemLink implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(SystemLink.class.getName());
  private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

  /** What is made of the connection. */
  interface User {
    /** It is open again; nothing that others say is let through before this returns. */
    void connected();

    /** It is lost, and not open again yet. Called before every {@link #connected} but the first. */
    void disconnected();

    void message(Frame message);
  }

  /** One life of the connection. */
  private record Life(BrokerConnection connection, Receipts receipts, CountDownLatch ended) {}

  private final RelaySettings settings;
  private final Executor executor;
  private final Consumer<BrokerAvailability> watcher;
  private final CountDownLatch closed = new CountDownLatch(1);
  private volatile @Nullable Life life;
  private volatile boolean available;

  /**
   * @param executor runs what blocks: a virtual thread a task
   */
  SystemLink(RelaySettings settings, Executor executor, Consumer<BrokerAvailability> watcher) {
    this.settings = settings;
    this.executor = executor;
    this.watcher = watcher;
  }

  void start(User user) {
    executor.execute(() -> keepOpen(user));
  }

  boolean isAvailable() {
    return available;
  }

  /**
   * Returns when the broker is within reach.
   *
   * @throws PharosException UNAVAILABLE when it is away
   */
  void check() {
    if (!available) {
      throw Away.of("the broker at " + settings + " is away");
    }
  }

  /**
   * Sends frames, and waits for the receipts that they ask for.
   *
   * @throws PharosException UNAVAILABLE when that fails
   */
  void exchange(Function<Receipts.Batch, List<Frame>> frames) {
    Life current = life;
    if (current == null) {
      throw Away.of("the broker at " + settings + " is away");
    }
    try (Receipts.Batch batch = current.receipts().expect()) {
      current.connection().write(frames.apply(batch));
      batch.await(settings.patience());
    } catch (IOException e) {
      throw Away.of("the connection to the broker is lost");
    }
  }

  /** Heart-beats, and writes that take too long. Never blocks. */
  void tick(long nanos) {
    Life current = life;
    if (current != null) {
      Pulse.check(current.connection(), nanos, executor);
    }
  }

  private void keepOpen(User user) {
    long pause = FIRST_PAUSE.toNanos();
    boolean told = false;
    while (closed.getCount() > 0) {
      try {
        live(user);
        pause = FIRST_PAUSE.toNanos();
        told = false;
      } catch (IOException | PharosException e) {
        if (!told) {
          LOG.log(
              System.Logger.Level.WARNING,
              "The broker at {0} cannot be reached; trying on: {1}",
              settings,
              e.getMessage());
          told = true;
        }
        pause = Math.min(LONGEST_PAUSE.toNanos(), 2 * pause);
      }
      if (!sleep(pause / 2 + ThreadLocalRandom.current().nextLong(pause / 2))) {
        return;
      }
    }
  }

  /** Lives through one connection, until it ends. */
  private void live(User user) throws IOException {
    var connection = BrokerConnection.open(settings, settings.system(), Version.V1_2);
    var current = new Life(connection, new Receipts(), new CountDownLatch(1));
    life = current;
    executor.execute(() -> connection.read(receiver(current, user)));
    try {
      user.connected();
      change(true);
      LOG.log(System.Logger.Level.INFO, "Connected to the broker at {0}", settings);
      current.ended().await();
      LOG.log(System.Logger.Level.WARNING, "The broker at {0} is away", settings);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      life = null;
      change(false);
      connection.close();
      current.receipts().lost();
      user.disconnected();
    }
  }

  private static BrokerConnection.Receiver receiver(Life current, User user) {
    return new BrokerConnection.Receiver() {
      @Override
      public void frame(Frame frame) {
        if (frame.command() == Command.MESSAGE) {
          user.message(frame);
        } else if (frame.command() == Command.RECEIPT) {
          current.receipts().arrived(String.valueOf(frame.header("receipt-id")));
        } else {
          LOG.log(
              System.Logger.Level.WARNING,
              "The broker refused what the application said: {0}",
              String.valueOf(frame.header("message")));
          current.connection().abort();
        }
      }

      @Override
      public void ended() {
        current.receipts().lost();
        current.ended().countDown();
      }
    };
  }

  private void change(boolean now) {
    if (available != now) {
      available = now;
      watcher.accept(new BrokerAvailability(now));
    }
  }

  private boolean sleep(long nanos) {
    try {
      return !closed.await(nanos, TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  @Override
  public void close() {
    closed.countDown();
    Life current = life;
    if (current != null) {
      current.connection().abort();
    }
  }
}
