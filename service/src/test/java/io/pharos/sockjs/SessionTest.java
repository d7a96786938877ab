package io.pharos.sockjs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class SessionTest {
  private static final CloseStatus GO_AWAY = new CloseStatus(3000, "Go away!");
  private static final String ANOTHER = "c[2010,\"Another connection still open\"]\n";
  private static final String INTERRUPTED = "c[1002,\"Connection interrupted\"]\n";

  private final Base base = new Base();

  private SockJsConnection connection() {
    return base.service.opened.getLast();
  }

  @Test
  @Tag("sockjs-9")
  void aSessionOpensAndMessagesFollowTogether() {
    assertThat(base.poll("s").body()).isEqualTo("o\n");
    base.send("s", "[\"a\"]");
    base.send("s", "[\"b\",\"\\\"c\"]");
    assertThat(base.poll("s").body()).isEqualTo("a[\"a\",\"b\",\"\\\"c\"]\n");
  }

  @Test
  @Tag("sockjs-9")
  void silenceIsBrokenByAHeartBeat() {
    FakeExchange stream = base.stream("s");
    base.pass(Duration.ofSeconds(24));
    assertThat(stream.pieces).hasSize(2);
    base.pass(Duration.ofSeconds(1));
    assertThat(stream.pieces.getLast()).isEqualTo("h\n");
    base.send("s", "[\"a\"]");
    base.pass(Duration.ofSeconds(24));
    assertThat(stream.pieces.getLast()).isEqualTo("a[\"a\"]\n");
    base.pass(Duration.ofSeconds(1));
    assertThat(stream.pieces.getLast()).isEqualTo("h\n");
    assertThat(stream.ended()).isFalse();
  }

  @Test
  @Tag("sockjs-9")
  void aHeartBeatAnswersAPoll() {
    base.poll("s");
    FakeExchange poll = base.poll("s");
    base.pass(Duration.ofSeconds(25));
    assertThat(poll.body()).isEqualTo("h\n");
    assertThat(poll.ended()).isTrue();
  }

  @Test
  @Tag("sockjs-10")
  @Tag("sockjs-14")
  void aClosedSessionSaysSoUntilNobodyAsks() {
    base.service.closesAtOnce = GO_AWAY;
    assertThat(base.poll("s").body()).isEqualTo("o\n");
    for (int i = 0; i < 3; i++) {
      assertThat(base.poll("s").body()).isEqualTo("c[3000,\"Go away!\"]\n");
      base.pass(Duration.ofSeconds(4));
    }
    assertThat(base.send("s", "[\"a\"]").status()).isEqualTo(404);
    base.pass(Duration.ofSeconds(1));
    assertThat(base.poll("s").body()).isEqualTo("o\n");
    assertThat(base.service.closed).isEqualTo(2);
  }

  @Test
  @Tag("sockjs-10")
  void aStreamIsToldOfTheCloseAndEnds() {
    base.service.closesAtOnce = GO_AWAY;
    FakeExchange first = base.stream("s");
    FakeExchange second = base.stream("s");
    assertThat(first.pieces.subList(1, 3)).containsExactly("o\n", "c[3000,\"Go away!\"]\n");
    assertThat(second.pieces.subList(1, 2)).containsExactly("c[3000,\"Go away!\"]\n");
    assertThat(first.ended()).isTrue();
    assertThat(second.ended()).isTrue();
  }

  @Test
  void whatWaitsIsDeliveredBeforeTheClose() throws Exception {
    base.poll("s");
    connection().send("last words");
    connection().close(GO_AWAY);
    assertThat(base.poll("s").body()).isEqualTo("a[\"last words\"]\n");
    assertThat(base.poll("s").body()).isEqualTo("c[3000,\"Go away!\"]\n");
    assertThatIOException().isThrownBy(() -> connection().send("too late"));
  }

  @Test
  @Tag("sockjs-11")
  void aSessionThatNobodyReceivesFromEndsAndReleasesEverything() {
    base.poll("s");
    base.pass(Duration.ofMillis(4_750));
    assertThat(base.service.closed).isZero();
    base.pass(Duration.ofMillis(250));
    assertThat(base.service.closed).isEqualTo(1);
    assertThat(base.server.sessions()).isZero();
    assertThat(base.send("s", "[\"a\"]").status()).isEqualTo(404);
    assertThatIOException().isThrownBy(() -> connection().send("nobody there"));
  }

  @Test
  @Tag("sockjs-11")
  void aSessionLivesWhileSomebodyReceives() {
    base.stream("s");
    base.pass(Duration.ofMinutes(10));
    assertThat(base.service.closed).isZero();
  }

  @Test
  @Tag("sockjs-12")
  @Tag("sockjs-14")
  void aSecondReceiverIsSentAwayAndTheFirstStays() {
    FakeExchange first = base.stream("s");
    FakeExchange second = base.stream("s");
    assertThat(second.pieces.getLast()).isEqualTo(ANOTHER);
    assertThat(second.ended()).isTrue();
    base.send("s", "[\"x\"]");
    assertThat(first.pieces.getLast()).isEqualTo("a[\"x\"]\n");
    assertThat(first.ended()).isFalse();
  }

  @Test
  @Tag("sockjs-12")
  void aSecondPollIsSentAwayAndTheFirstWaitsOn() {
    base.poll("s");
    FakeExchange first = base.poll("s");
    assertThat(base.poll("s").body()).isEqualTo(ANOTHER);
    assertThat(first.ended()).isFalse();
    base.send("s", "[\"x\"]");
    assertThat(first.body()).endsWith("a[\"x\"]\n");
    assertThat(first.ended()).isTrue();
  }

  /** A script's callback is gone after its first call. */
  @Test
  @Tag("sockjs-12")
  @Tag("sockjs-22")
  void aSecondScriptIsSentAwayAndTheFirstCallsBackOnce() {
    var script = FakeRequest.get("/000/s/jsonp?c=cb");
    base.receive(script);
    FakeExchange first = base.receive(script);
    assertThat(base.receive(script).body()).contains("Another connection still open");
    assertThat(first.pieces).as("what showed that it is alive").hasSize(2);
    base.send("s", "[\"x\"]");
    assertThat(first.body().strip()).isEqualTo("/**/cb(\"a[\\\"x\\\"]\");");
    assertThat(first.ended()).isTrue();
  }

  @Test
  @Tag("sockjs-13")
  @Tag("sockjs-14")
  void aReceiverThatWasCutIsFoundOutByASecondOne() {
    for (int unnoticed : new int[] {0, 1}) {
      String session = "s" + unnoticed;
      FakeExchange first = base.stream(session);
      first.cut(unnoticed);
      FakeExchange second = base.stream(session);
      assertThat(second.pieces.getLast()).isEqualTo(INTERRUPTED);
      assertThat(second.ended()).isTrue();
      assertThat(first.aborted()).isTrue();
    }
    assertThat(base.service.closed).isEqualTo(2);
  }

  @Test
  @Tag("sockjs-13")
  void aWriteThatFailsEndsTheSession() throws Exception {
    FakeExchange stream = base.stream("s");
    stream.cut(0);
    assertThatIOException().isThrownBy(() -> connection().send("lost"));
    assertThat(base.service.closed).isEqualTo(1);
    assertThat(base.poll("s").body()).isEqualTo(INTERRUPTED);
    base.pass(Duration.ofSeconds(5));
    assertThat(base.poll("s").body()).isEqualTo("o\n");
  }

  @Test
  @Tag("sockjs-19")
  void aStreamEndsWhenItsLimitIsReachedAndTheNextGoesOn() {
    FakeExchange stream = base.stream("s");
    String message = "\"" + "x".repeat(128) + "\"";
    for (int i = 0; i < 31; i++) {
      assertThat(stream.ended()).isFalse();
      base.send("s", "[" + message + "]");
      assertThat(stream.pieces.getLast()).isEqualTo("a[" + message + "]\n");
    }
    assertThat(stream.ended()).isTrue();
    base.send("s", "[\"between\"]");
    FakeExchange next = base.stream("s");
    assertThat(next.pieces).hasSize(2);
    assertThat(next.pieces.getLast()).isEqualTo("a[\"between\"]\n");
  }

  @Test
  void everySignOfLifeIsPassedOn() {
    base.poll("s");
    int opened = base.service.alive;
    base.send("s", "[]");
    int sent = base.service.alive;
    FakeExchange stream = base.stream("s");
    int polled = base.service.alive;
    Base.send(connection(), "x");
    assertThat(stream.pieces.getLast()).isEqualTo("a[\"x\"]\n");
    assertThat(sent).isGreaterThan(opened);
    assertThat(polled).isGreaterThan(sent);
    assertThat(base.service.alive).isGreaterThan(polled);
  }

  @Test
  void aRefusedClientIsToldWithoutASession() {
    base.service.refusal = new CloseStatus(1013, "Too many");
    assertThat(base.poll("s").body()).isEqualTo("c[1013,\"Too many\"]\n");
    assertThat(base.server.sessions()).isZero();
    assertThat(base.service.opened).isEmpty();
  }

  @Test
  void asMuchWaitsAsMayAndTheSenderWithIt() throws Exception {
    base.poll("s");
    for (int i = 0; i < 100; i++) {
      connection().send("m" + i);
    }
    CompletableFuture<Void> blocked =
        CompletableFuture.runAsync(() -> Base.send(connection(), "one more"));
    FakeExchange poll = base.poll("s");
    assertThat(poll.body())
        .isEqualTo(
            IntStream.range(0, 100)
                .mapToObj(i -> "\"m" + i + "\"")
                .collect(java.util.stream.Collectors.joining(",", "a[", "]\n")));
    blocked.get(60, TimeUnit.SECONDS);
    assertThat(base.poll("s").body()).isEqualTo("a[\"one more\"]\n");
  }

  @Test
  @Tag("sockjs-11")
  void aSenderThatWaitsIsLetGoWhenTheSessionEnds() throws Exception {
    base.poll("s");
    for (int i = 0; i < 100; i++) {
      connection().send("m" + i);
    }
    CompletableFuture<Void> blocked =
        CompletableFuture.runAsync(() -> Base.send(connection(), "one more"));
    base.pass(Duration.ofSeconds(5));
    assertThat(blocked)
        .failsWithin(Duration.ofSeconds(60))
        .withThrowableThat()
        .withRootCauseInstanceOf(java.io.IOException.class);
  }
}
