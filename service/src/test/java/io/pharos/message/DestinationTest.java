package io.pharos.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class DestinationTest {

  @ParameterizedTest
  @CsvSource({
    "/topic/a,               TOPIC",
    "/topic/prices/eur.usd,  TOPIC",
    "/topic/user/queue/x,    TOPIC",
    "/queue/work,            QUEUE",
    "/app/chat/send,         APP",
    "/user/alice/queue/x,    USER",
    "/user/alice/queue/x/y,  USER",
    "/user/queue/queue/x,    USER",
  })
  void theFirstSegmentIsTheKind(String value, Destination.Kind kind) {
    assertThat(Destination.of(value).kind()).isEqualTo(kind);
    assertThat(Destination.of(value)).hasToString(value);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/topic/größe",
        "/topic/価格",
        "/topic/\ud83d\ude00",
        "/topic/...",
        "/topic/.a",
        "/topic/a:b;c=d,e@f+g!$&'()~_-",
        "/user/a%2Fb/queue/x",
        "/user/%2E/queue/x",
        "/user/%C3%BC/queue/ü",
      })
  void wholeUnicodeAndMostPunctuationAreAllowed(String value) {
    assertThat(Destination.of(value).value()).isEqualTo(value);
  }

  static Stream<String> wrong() {
    return Stream.of(
        "",
        "topic/a",
        "/",
        "/topic",
        "/topic/",
        "/topic//a",
        "//topic/a",
        "/topic/a/",
        "/topic/./a",
        "/topic/../a",
        "/topic/a b",
        "/topic/a\u00a0b",
        "/topic/a\u3000b",
        "/topic/a\tb",
        "/topic/a\r\nb",
        "/topic//\r\nb",
        "/topic/../\u0000",
        "/topic/\u0000",
        "/topic/\u007f",
        "/topic/\u0085",
        "/topic/\u2028",
        "/topic/\u202e",
        "/topic/\u200b",
        "/topic/\ufffd",
        "/topic/\ufeff",
        "/topic/\ue000",
        "/topic/\uffff",
        "/topic/\ud800",
        "/topic/\udc00",
        "/topic/\udc00\ud800",
        "/topic/\ud83d/\ude00",
        "/topic/" + Character.toString(0xf0000),
        "/topic/" + Character.toString(0xe0041),
        "/topic/" + Character.toString(0x10ffff),
        "/topic/e\u0301",
        "/topic/*",
        "/topic/**",
        "/topic/a*",
        "/topic/a?b",
        "/topic/a#b",
        "/topic/a%41",
        "/topic/a\\b",
        "/topic/a\"b",
        "/topic/a<b",
        "/topic/a>b",
        "/topic/a[b",
        "/topic/a]b",
        "/topic/a{b",
        "/topic/a}b",
        "/topic/a^b",
        "/topic/a`b",
        "/topic/a|b",
        "/Topic/a",
        "/foo/a",
        "/topicx/a",
        "/user",
        "/user/alice",
        "/user/alice/x",
        "/user/alice/queue",
        "/user/alice/queue/",
        "/user/alice/Queue/x",
        "/user/queue/x",
        "/user//queue/x",
        "/user/a%/queue/x",
        "/user/a%2/queue/x",
        "/user/a%2f/queue/x",
        "/user/%61/queue/x",
        "/user/%FF/queue/x",
        "/user/%00/queue/x",
        "/user/a!b/queue/x",
        "/user/ü/queue/x",
        "/user/alice/queue/%41");
  }

  @ParameterizedTest(name = "{index}")
  @MethodSource("wrong")
  void everythingElseIsRefusedInASentenceThatIsSafeToShow(String value) {
    Refusals.assertBadRequest(() -> Destination.of(value));
  }

  @Test
  void theLengthIsBoundedInBytes() {
    String longest = "/topic/" + "a".repeat(Destination.MAX_BYTES - 7);

    assertThat(Destination.of(longest).value()).isEqualTo(longest);
    Refusals.assertBadRequest(() -> Destination.of(longest + "a"));
    Refusals.assertBadRequest(
        () -> Destination.of("/topic/" + "ü".repeat(Destination.MAX_BYTES / 2)));
  }

  @Test
  void aUsersQueueIsShownToItsOwnerWithoutTheName() {
    Destination own = Destination.ofUser(new UserName("a/b"), "/queue/x");

    assertThat(own.value()).isEqualTo("/user/a%2Fb/queue/x");
    assertThat(own.user()).isEqualTo(new UserName("a/b"));
    assertThat(own.asSeenByClient()).isEqualTo("/user/queue/x");
    assertThat(Destination.of("/topic/x").asSeenByClient()).isEqualTo("/topic/x");
  }

  @Test
  void onlyAUsersQueueHasAUser() {
    assertThatIllegalStateException().isThrownBy(() -> Destination.of("/topic/x").user());
  }
}
