package io.pharos.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The end of a benchmark whose clients the server has lost. */
@Timeout(20)
class AwayTest {
  /** How long the run waits when nothing comes: shorter than who is refused once is away. */
  private static final Duration QUIET = Duration.ofMillis(300);

  private static final int MEASURED = 20 / 2 * 6;

  private final StubPushServer server = new StubPushServer(number -> 1);

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void whoIsAwayAtTheEndGetsWhatWasMissed() throws IOException, InterruptedException {
    server.loseAllAfter(30, () -> server.turnAway(6));

    Outcome outcome = run(Load.Churn.RETURN, Duration.ofMinutes(1));

    assertThat(outcome.deliveries().lost()).isZero();
    assertThat(outcome.deliveries().received()).isEqualTo(MEASURED);
    assertThat(outcome.deliveries().replayed()).isEqualTo(MEASURED / 2);
    assertThat(outcome.isExact()).isTrue();
    assertThat(outcome.fleet().returned()).isEqualTo(6);
    assertThat(outcome.fleet().away()).isZero();
  }

  @Test
  void whoHasEverythingComesBackAllTheSame() throws IOException, InterruptedException {
    server.loseAllAfter(40, () -> {});

    Outcome outcome = run(Load.Churn.RETURN, Duration.ofMinutes(1));

    assertThat(outcome.isExact()).isTrue();
    assertThat(outcome.fleet().returned()).isEqualTo(6);
    assertThat(outcome.fleet().away()).isZero();
  }

  @Test
  void nobodyIsWaitedForLongerThanTheBound() throws IOException, InterruptedException {
    server.loseAllAfter(30, () -> server.turnAway(1000));

    Outcome outcome = run(Load.Churn.RETURN, Duration.ofMillis(100));

    assertThat(outcome.deliveries().lost()).isEqualTo(MEASURED / 2);
    assertThat(outcome.fleet().away()).isEqualTo(6);
  }

  @Test
  void whoIsRefusedForGoodIsNotWaitedFor() throws IOException, InterruptedException {
    server.loseAllAfter(30, server::acceptNobody);

    Outcome outcome = run(Load.Churn.RETURN, Duration.ofMinutes(1));

    assertThat(outcome.deliveries().lost()).isEqualTo(MEASURED / 2);
    assertThat(outcome.fleet().away()).isEqualTo(6);
  }

  @Test
  void whoDoesNotComeBackIsNotWaitedFor() throws IOException, InterruptedException {
    server.loseAllAfter(30, () -> {});

    Outcome outcome = run(Load.Churn.STAY, Duration.ofMinutes(1));

    assertThat(outcome.deliveries().lost()).isEqualTo(MEASURED / 2);
    assertThat(outcome.fleet().away()).isEqualTo(6);
  }

  @Test
  void theServersTimeAfterTheLastDeliveryDoesNotCount() throws IOException, InterruptedException {
    server.loseAllAfter(30, () -> server.turnAway(1000));
    var waiting = new AtomicBoolean(true);

    // The server is this process, and busy as soon as the publications are over.
    Outcome outcome;
    try {
      outcome =
          run(
              Load.Churn.RETURN,
              Duration.ofSeconds(2),
              List.of(ProcessHandle.current().pid()),
              note -> {
                if (note.startsWith("waiting")) {
                  Thread.ofPlatform().daemon().start(() -> spin(waiting));
                }
              });
    } finally {
      waiting.set(false);
    }

    assertThat(Objects.requireNonNull(outcome.server()).cpuSeconds()).isLessThan(1);
    assertThat(outcome.generator().cpuSeconds()).isLessThan(1);
  }

  private static void spin(AtomicBoolean goOn) {
    while (goOn.get()) {
      Thread.onSpinWait();
    }
  }

  private Outcome run(Load.Churn churn, Duration absence) throws IOException, InterruptedException {
    return run(churn, absence, List.of(), note -> {});
  }

  private Outcome run(
      Load.Churn churn, Duration absence, List<Long> serverProcesses, Consumer<String> progress)
      throws IOException, InterruptedException {
    // Six clients of two destinations; 40 messages in pairs, the first 20 of them unmeasured.
    var tenth = Duration.ofMillis(100);
    var load = new Load(6, 2, 64, 200, 2, tenth, tenth, 0, churn);
    var access =
        new Access(
            Access.Transport.SSE,
            Access.Publishing.HTTP,
            server.url(),
            "secret",
            null,
            null,
            "/topic/bench/{n}",
            List.of());
    var patience = new Patience(QUIET, absence);
    return new Benchmark(load, access, 2, serverProcesses, progress, patience).run();
  }
}
