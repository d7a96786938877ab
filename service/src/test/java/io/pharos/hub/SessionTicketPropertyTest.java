package io.pharos.hub;

import static org.assertj.core.api.Assertions.assertThat;

import io.pharos.admission.Ticket;
import io.pharos.session.CloseReason;
import io.pharos.session.FakeConnection;
import io.pharos.session.ManualExecutor;
import io.pharos.session.Outgoing;
import io.pharos.session.Session;
import io.pharos.session.SessionLimits;
import io.pharos.session.Sessions;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** However a session ends, its place is given up once. */
class SessionTicketPropertyTest {
  enum Step {
    OFFER,
    RUN_ONE,
    FAIL_WRITES,
    CLOSE,
    DISCONNECT,
    TICK
  }

  private record Item() implements Outgoing {
    @Override
    public int weight() {
      return 1;
    }
  }

  @Property(tries = 500)
  void itsUserIsLetGoWithTheSessionAndItsPlaceIsGivenUpOnce(@ForAll List<Step> steps) {
    var executor = new ManualExecutor();
    var closes = new AtomicInteger();
    var nanos = new AtomicLong();
    var connection = new FakeConnection();
    var logouts = new AtomicInteger();
    Session session = open(executor, connection, logouts, closes, nanos);
    for (Step step : steps) {
      switch (step) {
        case OFFER -> session.offer(new Item());
        case RUN_ONE -> {
          if (!executor.isIdle()) {
            executor.runNext();
          }
        }
        case FAIL_WRITES -> connection.failWith(new IOException("gone"));
        case CLOSE -> session.close(CloseReason.KICKED);
        case DISCONNECT -> session.disconnected(CloseReason.CONNECTION_LOST);
        case TICK -> {
          nanos.addAndGet(Duration.ofSeconds(4).toNanos());
          session.tick(Instant.EPOCH);
        }
      }
      assertThat(closes.get()).isEqualTo(connection.closes().size());
      assertThat(logouts.get()).isLessThanOrEqualTo(session.isOpen() ? 0 : 1);
    }
    executor.runAll();
    assertThat(closes.get()).isEqualTo(session.isOpen() ? 0 : 1);
    assertThat(logouts).hasValue(closes.get());
    session.close(CloseReason.SERVER_STOPPING);
    executor.runAll();
    assertThat(closes).hasValue(1);
    assertThat(logouts).hasValue(1);
  }

  private static Session open(
      ManualExecutor executor,
      FakeConnection connection,
      AtomicInteger logouts,
      AtomicInteger closes,
      AtomicLong nanos) {
    var ticket =
        new Ticket() {
          @Override
          public void login(String user) {}

          @Override
          public void logout() {
            logouts.incrementAndGet();
          }

          @Override
          public void close() {
            closes.incrementAndGet();
          }
        };
    var hub = new Hub(new ScriptedBroker(1), executor, Metrics.NONE);
    var limits = new SessionLimits(3, 1000, Duration.ofSeconds(10));
    return new SessionFactory(
            new Sessions(Clock.systemUTC()), hub, limits, executor, nanos::get, Metrics.NONE)
        .open(connection, ticket);
  }
}
