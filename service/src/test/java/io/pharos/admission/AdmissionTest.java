package io.pharos.admission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class AdmissionTest {
  private final List<Refusal> counted = new ArrayList<>();
  private long nanos;

  private Admission admission(int node, int user, int address, int perSecond) {
    var limits = new AdmissionLimits(node, user, address, perSecond);
    return new Admission(limits, counted::add, () -> nanos);
  }

  private void assertRefused(Refusal refusal, ThrowingCallable call) {
    int before = counted.size();
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            NotAdmittedException.class, e -> assertThat(e.refusal()).isEqualTo(refusal));
    assertThat(counted).hasSize(before + 1).endsWith(refusal);
  }

  @Test
  void aFullNodeLetsNobodyInUntilSomebodyLeaves() {
    var admission = admission(2, 0, 0, 0);
    Ticket first = admission.enter("a");
    admission.enter("b");
    assertRefused(Refusal.NODE_FULL, () -> admission.handshake("c"));
    assertRefused(Refusal.NODE_FULL, () -> admission.enter("c"));
    first.close();
    first.close();
    admission.handshake("c");
    admission.enter("c");
    assertRefused(Refusal.NODE_FULL, () -> admission.enter("d"));
  }

  @Test
  void anAddressThatHasItsShareDoesNotKeepOthersOut() {
    var admission = admission(0, 0, 1, 0);
    Ticket first = admission.enter("a");
    assertRefused(Refusal.ADDRESS_FULL, () -> admission.handshake("a"));
    assertRefused(Refusal.ADDRESS_FULL, () -> admission.enter("a"));
    admission.enter("b");
    first.close();
    admission.enter("a");
  }

  @Test
  void aUserWhoseConnectionTakesAWhileToCloseMayComeBackButItsPlaceIsTaken() {
    var admission = admission(2, 1, 0, 0);
    Ticket closing = admission.enter("a");
    closing.login("alice");
    closing.logout();
    closing.logout();
    Ticket back = admission.enter("b");
    back.login("alice");
    assertRefused(Refusal.NODE_FULL, () -> admission.enter("c"));

    closing.close();
    Ticket third = admission.enter("c");
    assertRefused(Refusal.USER_FULL, () -> third.login("alice"));
    back.close();
    third.login("alice");
  }

  @Test
  void aUserIsCountedOverAllAddresses() {
    var admission = admission(0, 1, 0, 0);
    Ticket first = admission.enter("a");
    first.login("alice");
    Ticket second = admission.enter("b");
    assertRefused(Refusal.USER_FULL, () -> second.login("alice"));
    second.close();
    first.close();
    admission.enter("c").login("alice");
  }

  @Test
  void aConnectionThatEndedBeforeItsLoginCountsForNobody() {
    var admission = admission(0, 1, 0, 0);
    Ticket gone = admission.enter("a");
    gone.close();
    gone.login("alice");
    admission.enter("a").login("alice");
  }

  @Test
  void handshakesComeAtTheirRateAndAtMostOneSecondsWorthAtOnce() {
    var admission = admission(0, 0, 0, 2);
    nanos = Duration.ofMinutes(5).toNanos();
    admission.handshake("a");
    admission.handshake("b");
    assertRefused(Refusal.TOO_FAST, () -> admission.handshake("c"));
    nanos += Duration.ofMillis(500).toNanos();
    admission.handshake("c");
    assertRefused(Refusal.TOO_FAST, () -> admission.handshake("d"));
  }

  @Test
  void withoutBoundsEverybodyIsLetIn() {
    var admission = admission(0, 0, 0, 0);
    for (int i = 0; i < 1000; i++) {
      admission.handshake("a");
      admission.enter("a").login("alice");
    }
    assertThat(admission.connections()).isEqualTo(1000);
    assertThat(counted).isEmpty();
  }

  @Test
  void thoseSentAwayComeBackAtDifferentTimes() {
    var admission = admission(0, 0, 0, 1);
    admission.handshake("a");
    var pauses = new ArrayList<Duration>();
    for (int i = 0; i < 20; i++) {
      assertThatThrownBy(() -> admission.handshake("a"))
          .isInstanceOfSatisfying(NotAdmittedException.class, e -> pauses.add(e.pause()));
    }
    assertThat(pauses)
        .allMatch(p -> p.toMillis() >= 2_000 && p.toMillis() < 6_000)
        .satisfies(all -> assertThat(all.stream().distinct().count()).isGreaterThan(1));
  }

  @Test
  void noBoundIsPassedWhenManyComeAndGoAtOnce() throws Exception {
    var admission = new Admission(new AdmissionLimits(5, 3, 4, 0), AdmissionMetrics.NONE, () -> 0);
    var inside = new AtomicInteger();
    var passed = new AtomicInteger();
    int letIn = 0;
    try (var threads = Executors.newFixedThreadPool(8)) {
      var comers = new ArrayList<Callable<Integer>>();
      for (int i = 0; i < 64; i++) {
        String name = "n" + i % 2;
        comers.add(() -> comeAndGo(admission, name, inside, passed));
      }
      for (Future<Integer> comer : threads.invokeAll(comers)) {
        letIn += comer.get();
      }
    }
    assertThat(letIn).isPositive();
    assertThat(passed).hasValue(0);
    assertThat(admission.connections()).isZero();
    for (int i = 0; i < 3; i++) {
      admission.enter("n0").login("n0");
    }
  }

  /** How often somebody was let in. */
  private static int comeAndGo(
      Admission admission, String name, AtomicInteger inside, AtomicInteger passed) {
    int letIn = 0;
    for (int round = 0; round < 200; round++) {
      try (Ticket ticket = admission.enter(name)) {
        letIn++;
        if (inside.incrementAndGet() > 5) {
          passed.incrementAndGet();
        }
        inside.decrementAndGet();
        ticket.login(name);
      } catch (NotAdmittedException e) {
        // The next round, then.
      }
    }
    return letIn;
  }
}
