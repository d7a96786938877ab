package io.pharos.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.pharos.broker.HistoryLimits;
import io.pharos.broker.MemoryBroker;
import io.pharos.broker.Published;
import io.pharos.message.Body;
import io.pharos.message.Destination;
import io.pharos.message.DestinationPattern;
import io.pharos.message.Headers;
import io.pharos.message.PharosException;
import io.pharos.message.PharosException.Code;
import io.pharos.message.Publication;
import io.pharos.message.UserName;
import io.pharos.security.Identity;
import io.pharos.security.Rights;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PublisherTest {
  private static final Destination A = Destination.of("/topic/a");
  private static final int MAX = 10;

  private final RecordingMetrics metrics = new RecordingMetrics();
  private final MemoryBroker broker =
      new MemoryBroker(d -> new HistoryLimits(100, Duration.ofMinutes(5)), Clock.systemUTC());
  private final Publisher publisher = new Publisher(broker, MAX, metrics);
  private final Identity alice = identity("/topic/**", "/queue/**", "/app/**");

  PublisherTest() {
    broker.start((destination, batch) -> {});
  }

  private static Identity identity(String... publish) {
    var patterns = List.of(publish).stream().map(DestinationPattern::new).toList();
    return new Identity(
        new UserName("alice"), new Rights(List.of(), patterns, false), Instant.MAX, null);
  }

  private static Publication text(String destination, String body) {
    return Publication.text(Destination.of(destination), body);
  }

  private Code refusal(Identity identity, Publication... batch) {
    var code = new Code[1];
    assertThatExceptionOfType(PharosException.class)
        .isThrownBy(() -> publisher.publish(identity, List.of(batch)))
        .satisfies(e -> code[0] = e.code());
    return code[0];
  }

  private long stored() {
    return broker.history(A, null, 0).top().offset();
  }

  @Test
  void whatIsAnsweredIsStored() {
    Published answer = publisher.publish(alice, Publication.text(A, "1234567890"));

    assertThat(answer.destination()).isEqualTo(A);
    assertThat(broker.history(A, null, 1).messages().getFirst().position())
        .isEqualTo(answer.position());
    assertThat(metrics.published).isEqualTo(1);
    assertThat(metrics.refused).isZero();
  }

  @Test
  void publishingNeedsTheRight() {
    assertThat(refusal(identity("/topic/b"), Publication.text(A, "x"))).isEqualTo(Code.FORBIDDEN);
    assertThat(stored()).isZero();
    assertThat(metrics.published).isZero();
    assertThat(metrics.refused).isEqualTo(1);
  }

  @Test
  void bodiesAreBounded() {
    assertThat(refusal(alice, Publication.text(A, "12345678901"))).isEqualTo(Code.TOO_LARGE);
    assertThat(publisher.maxBytes()).isEqualTo(MAX);
    assertThat(stored()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/queue/work", "/app/x"})
  void kindsThatAreNotOfferedAreRefused(String destination) {
    assertThat(refusal(alice, text(destination, "x"))).isEqualTo(Code.UNSUPPORTED);
  }

  @Test
  void theRightIsAskedForFirst() {
    assertThat(refusal(identity(), text("/queue/work", "12345678901"))).isEqualTo(Code.FORBIDDEN);
  }

  @Test
  void oneRefusedPublicationRefusesTheBatch() {
    Publication good = Publication.text(A, "x");

    assertThat(refusal(alice, good, Publication.text(A, "12345678901"))).isEqualTo(Code.TOO_LARGE);
    assertThat(refusal(alice, good, text("/user/bob/queue/x", "x"))).isEqualTo(Code.FORBIDDEN);
    assertThat(refusal(alice, good, text("/queue/work", "x"))).isEqualTo(Code.UNSUPPORTED);

    assertThat(stored()).isZero();
    assertThat(metrics.published).isZero();
    assertThat(metrics.refused).isEqualTo(3);
  }

  @Test
  void aRefusalSaysWhichPublicationOfTheBatchItIs() {
    Publication good = Publication.text(A, "x");
    for (Publication bad :
        List.of(Publication.text(A, "12345678901"), text("/user/bob/queue/x", "x"))) {
      assertThatExceptionOfType(PharosException.class)
          .isThrownBy(() -> publisher.publish(alice, bad))
          .satisfies(
              alone ->
                  assertThatExceptionOfType(RefusedPublicationException.class)
                      .isThrownBy(() -> publisher.publish(alice, List.of(good, bad, bad)))
                      .withMessage(alone.detail())
                      .matches(e -> e.index() == 1 && e.code() == alone.code()));
    }
  }

  @Test
  void duplicatesAreAnsweredAndNotCounted() {
    var keyed = new Publication(A, Body.of("x"), null, Headers.NONE, "k");

    List<Published> answers =
        publisher.publish(alice, List.of(keyed, keyed, Publication.text(A, "y")));

    assertThat(answers.stream().map(Published::duplicate)).containsExactly(false, true, false);
    assertThat(metrics.published).isEqualTo(2);
  }

  @Test
  void anAbsentBrokerIsARefusal() {
    broker.close();

    assertThat(refusal(alice, Publication.text(A, "x"))).isEqualTo(Code.UNAVAILABLE);
    assertThat(metrics.refused).isEqualTo(1);
    assertThat(metrics.published).isZero();
  }

  @Test
  void onlyTheServerTellsWhoJoinsAndLeaves() {
    var strict = new Publisher(broker, MAX, metrics, A::equals);
    for (String event : List.of("join", "leave")) {
      var headers = new Headers(Map.of("event", event));
      var forged = new Publication(A, Body.of("x"), null, headers, null);
      assertThatExceptionOfType(PharosException.class)
          .isThrownBy(() -> strict.publish(alice, forged))
          .withMessageContaining("'" + event + "' is reserved")
          .matches(e -> e.code() == Code.BAD_REQUEST);
      var elsewhere =
          new Publication(Destination.of("/topic/b"), Body.of("x"), null, headers, null);
      assertThat(strict.publish(alice, elsewhere).duplicate()).isFalse();
    }
    assertThat(stored()).isZero();
  }
}
