package io.pharos.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class UserNameTest {

  @ParameterizedTest
  @CsvSource({
    "alice,              alice",
    "alice@example.org,  alice@example.org",
    "a+b_c~d-e.f,        a+b_c~d-e.f",
    "a/b,                a%2Fb",
    "a b,                a%20b",
    "*,                  %2A",
    ".,                  %2E",
    "..,                 %2E%2E",
    "%41,                %2541",
    "ü,                  %C3%BC",
    "\ud83d\ude00,       %F0%9F%98%80",
  })
  void aNameIsOneSegmentOfADestination(String name, String segment) {
    assertThat(new UserName(name).segment()).isEqualTo(segment);
    assertThat(UserName.ofSegment(segment)).isEqualTo(new UserName(name));
  }

  static Stream<String> wrong() {
    return Stream.of(
        "",
        "a".repeat(UserName.MAX_BYTES + 1),
        "ü".repeat(UserName.MAX_BYTES / 2 + 1),
        "a\nb",
        "\u0000",
        "\u007f",
        "\u0085",
        "\ud800",
        "a\ud800b",
        "\udc00",
        "\ude00\ud83d");
  }

  @ParameterizedTest(name = "{index}")
  @MethodSource("wrong")
  void namesAreWellFormedAndBounded(String name) {
    Refusals.assertBadRequest(() -> new UserName(name));
  }

  @Test
  void theLongestNameStillFitsIntoADestination() {
    UserName longest = new UserName("/".repeat(UserName.MAX_BYTES));

    assertThat(Destination.ofUser(longest, "/queue/notifications").user()).isEqualTo(longest);
  }
}
