package io.pharos.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.pharos.message.Destination;
import io.pharos.message.DestinationPattern;
import io.pharos.message.PharosException;
import io.pharos.message.UserName;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RightsTest {
  private static final UserName ALICE = new UserName("alice");

  private static Rights subscribe(String... patterns) {
    return new Rights(patterns(patterns), List.of(), false);
  }

  private static Rights publish(String... patterns) {
    return new Rights(List.of(), patterns(patterns), false);
  }

  private static List<DestinationPattern> patterns(String... patterns) {
    return List.of(patterns).stream().map(DestinationPattern::new).toList();
  }

  private static Identity identity(String user, Rights rights) {
    return new Identity(new UserName(user), rights, Instant.EPOCH, null);
  }

  private static boolean maySubscribe(Rights rights, UserName user, String pattern) {
    try {
      rights.checkSubscribe(user, new DestinationPattern(pattern));
      return true;
    } catch (PharosException e) {
      assertThat(e.code()).isEqualTo(PharosException.Code.FORBIDDEN);
      assertThat(e.detail()).contains("'" + asSeenBy(user, pattern) + "'");
      return false;
    }
  }

  /** A client never sees the long name of its own queues. */
  private static String asSeenBy(UserName user, String pattern) {
    return pattern.replace("/user/" + user.segment() + "/queue/", "/user/queue/");
  }

  private static boolean mayPublish(Rights rights, UserName user, String destination) {
    try {
      rights.checkPublish(user, Destination.of(destination));
      return true;
    } catch (PharosException e) {
      assertThat(e.code()).isEqualTo(PharosException.Code.FORBIDDEN);
      assertThat(e.detail()).contains("publish to '" + destination + "'");
      return false;
    }
  }

  @ParameterizedTest
  @CsvSource({
    "/topic/a,               true",
    "/topic/a/b,             true",
    "/topic/**,              true",
    "/topic/*,               true",
    "/user/alice/queue/x,    true",
    "/user/alice/queue/**,   true",
    "/user/bob/queue/x,      false",
    "/user/*/queue/x,        false",
    "/user/**,               false",
    "/user/queue/x,          false",
    "/**,                    false",
    "/*/a,                   false",
    "/*/**,                  false",
    "/*,                     false",
    "/queue/work,            false",
    "/app/x,                 true",
    "/topic,                 false",
    "/topicx/a,              false",
  })
  void defaultRightsReadTopicsAndOwnQueuesAndAskHandlersOnly(String pattern, boolean allowed) {
    assertThat(maySubscribe(Rights.DEFAULT, ALICE, pattern)).isEqualTo(allowed);
  }

  @ParameterizedTest
  @CsvSource({
    "/app/x,              true",
    "/app/x/y,            true",
    "/topic/a,            false",
    "/queue/work,         false",
    "/user/alice/queue/x, false",
    "/user/bob/queue/x,   false",
  })
  void defaultRightsSendToHandlersOnly(String destination, boolean allowed) {
    assertThat(mayPublish(Rights.DEFAULT, ALICE, destination)).isEqualTo(allowed);
  }

  @ParameterizedTest
  @CsvSource({
    "/topic/prices/*,    /topic/prices/eur,      true",
    "/topic/prices/*,    /topic/prices/*,        true",
    "/topic/prices/*,    /topic/prices/**,       false",
    "/topic/prices/*,    /topic/prices/eur/x,    false",
    "/topic/prices/*,    /topic/*,               false",
    "/topic/prices/*,    /topic/Prices/eur,      false",
    "/topic/prices/**,   /topic/prices/*/x,      true",
    "/topic/*/x,         /topic/**,              false",
    "/queue/work,        /queue/work,            true",
    "/queue/work,        /queue/work2,           false",
    "/user/queue/a,      /user/alice/queue/a,    true",
    "/user/queue/a,      /user/alice/queue/b,    false",
    "/user/queue/a,      /user/alice/queue/*,    false",
    "/user/queue/*,      /user/alice/queue/a/b,  false",
    "/user/queue/**,     /user/bob/queue/a,      false",
    "/user/*/queue/**,   /user/alice/queue/a,    true",
    "/user/*/queue/**,   /user/bob/queue/a,      false",
    "/user/*/queue/**,   /user/*/queue/a,        false",
    "/user/bob/queue/a,  /user/bob/queue/a,      false",
    "/user/bob/queue/a,  /user/alice/queue/a,    false",
    "/**,                /user/alice/queue/a,    true",
    "/**,                /user/bob/queue/a,      false",
    "/**,                /topic/**,              true",
    "/**,                /**,                    false",
    "/*/**,              /app/x,                 true",
  })
  void aSubscriptionMustBeImpliedByOneGrantedPattern(
      String granted, String pattern, boolean allowed) {
    assertThat(maySubscribe(subscribe(granted), ALICE, pattern)).isEqualTo(allowed);
  }

  @ParameterizedTest
  @CsvSource({
    "/topic/a,           /topic/a,              true",
    "/topic/a,           /topic/b,              false",
    "/user/queue/**,     /user/alice/queue/x,   true",
    "/user/queue/**,     /user/bob/queue/x,     false",
    "/user/queue/**,     /user/queue/queue/x,   false",
    "/user/queue/queue/x, /user/queue/queue/x,  false",
    "/user/queue/queue/x, /user/alice/queue/queue/x, true",
    "/user/*/queue/**,   /user/bob/queue/x,     true",
    "/user/*/queue/**,   /user/alice/queue/x,   true",
    "/user/*/queue/**,   /user/queue/queue/x,   true",
    "/user/bob/queue/x,  /user/bob/queue/x,     true",
    "/user/bob/queue/x,  /user/bob/queue/y,     false",
    "/user/bob/queue/x,  /user/alice/queue/x,   false",
    "/user/bob/queue/x,  /user/bobby/queue/x,   false",
    "/user/**,           /user/bob/queue/x,     true",
    "/**,                /user/bob/queue/x,     true",
    "/**,                /topic/x,              true",
  })
  void publishingNeedsAPatternThatMatches(String granted, String destination, boolean allowed) {
    assertThat(mayPublish(publish(granted), ALICE, destination)).isEqualTo(allowed);
  }

  @Test
  void namesThatNeedEscapesOwnTheirQueuesToo() {
    UserName odd = new UserName("a/*");
    Destination own = Destination.ofUser(odd, "/queue/x");

    assertThatCode(() -> Rights.DEFAULT.checkSubscribe(odd, DestinationPattern.of(own)))
        .doesNotThrowAnyException();
    assertThat(maySubscribe(Rights.DEFAULT, ALICE, own.value())).isFalse();
    assertThat(maySubscribe(Rights.DEFAULT, odd, "/user/*/queue/x")).isFalse();
  }

  @Test
  void aUserCalledQueueHasNoRightToOthersQueues() {
    UserName queue = new UserName("queue");

    assertThat(maySubscribe(Rights.DEFAULT, queue, "/user/queue/queue/x")).isTrue();
    assertThat(maySubscribe(Rights.DEFAULT, queue, "/user/alice/queue/x")).isFalse();
    assertThat(maySubscribe(Rights.DEFAULT, ALICE, "/user/queue/queue/x")).isFalse();
  }

  @Test
  void subscribingAndPublishingAreDifferentRights() {
    assertThat(mayPublish(subscribe("/**"), ALICE, "/topic/a")).isFalse();
    assertThat(maySubscribe(publish("/**"), ALICE, "/topic/a")).isFalse();
  }

  @Test
  void adminGivesManagementAndNothingElse() {
    Rights admin = new Rights(List.of(), List.of(), true);

    assertThatCode(admin::checkAdmin).doesNotThrowAnyException();
    assertThat(maySubscribe(admin, ALICE, "/topic/a")).isFalse();
    assertThat(mayPublish(admin, ALICE, "/app/a")).isFalse();
    assertThatExceptionOfType(PharosException.class)
        .isThrownBy(Rights.DEFAULT::checkAdmin)
        .withMessageContaining("admin")
        .extracting(PharosException::code)
        .isEqualTo(PharosException.Code.FORBIDDEN);
  }

  @ParameterizedTest
  @CsvSource({
    "/user/queue/x,   /user/alice/queue/x",
    "/user/queue/**,  /user/alice/queue/**",
    "/user/queue/queue/x, /user/alice/queue/queue/x",
    "/topic/a,        /topic/a",
  })
  void aRequestIsResolvedToWhatItMeansForItsUser(String requested, String pattern) {
    assertThat(identity("alice", Rights.DEFAULT).subscription(requested))
        .isEqualTo(new DestinationPattern(pattern));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/user/alice/queue/x",
        "/user/bob/queue/x",
        "/user/*/queue/x",
        "/user/**",
        "/user/queue",
        "/**",
        "/queue/work",
      })
  void aRequestForAnythingElseIsForbidden(String requested) {
    assertThatExceptionOfType(PharosException.class)
        .isThrownBy(() -> identity("alice", Rights.DEFAULT).subscription(requested))
        .extracting(PharosException::code)
        .isEqualTo(PharosException.Code.FORBIDDEN);
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '"',
      value = {
        "/secret,        '/secret' is unknown",
        "/secret/*,      '/secret/*' is unknown",
        "/user,          '/user' is unknown",
        "/topicx/a,      '/topicx/a' is unknown",
        "/**,            '/**' may take in queues of other users",
        "/queue/work,    lacks the right to subscribe to '/queue/work'",
        "/user/queue/x,  lacks the right to subscribe to '/user/queue/x'",
        "/user/queue/**, lacks the right to subscribe to '/user/queue/**'",
      })
  void aRefusalSaysWhyInTheNamesThatTheClientUses(String requested, String why) {
    assertThatExceptionOfType(PharosException.class)
        .isThrownBy(() -> identity("alice", subscribe("/topic/**")).subscription(requested))
        .satisfies(e -> assertThat(e.detail()).contains(why))
        .extracting(PharosException::code)
        .isEqualTo(PharosException.Code.FORBIDDEN);
  }

  @Test
  void aRequestOutsideTheSyntaxIsABadRequest() {
    assertThatExceptionOfType(PharosException.class)
        .isThrownBy(() -> identity("alice", Rights.DEFAULT).subscription("/topic/a*"))
        .extracting(PharosException::code)
        .isEqualTo(PharosException.Code.BAD_REQUEST);
  }

  @Test
  void anIdentityPublishesWithItsRights() {
    Identity alice = identity("alice", publish("/user/queue/x"));

    alice.checkPublish(Destination.of("/user/alice/queue/x"));
    assertThatExceptionOfType(PharosException.class)
        .isThrownBy(() -> alice.checkPublish(Destination.of("/user/bob/queue/x")));
  }
}
