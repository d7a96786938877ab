package io.pharos.message;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DestinationPatternTest {

  @ParameterizedTest
  @CsvSource({
    "/topic/a,           /topic/a,             true",
    "/topic/a,           /topic/A,             false",
    "/topic/a,           /topic/a/b,           false",
    "/topic/a/b,         /topic/a,             false",
    "/topic/*,           /topic/a,             true",
    "/topic/*,           /topic/a/b,           false",
    "/topic/*/b,         /topic/a/b,           true",
    "/topic/*/b,         /topic/a/c,           false",
    "/topic/**,          /topic/a,             true",
    "/topic/**,          /topic/a/b/c,         true",
    "/topic/**,          /queue/a,             false",
    "/topic/a/**,        /topic/a,             false",
    "/topic/a/**,        /topic/ab/c,          false",
    "/*/a,               /topic/a,             true",
    "/**,                /user/alice/queue/x,  true",
    "/user/*/queue/x,    /user/alice/queue/x,  true",
    "/user/a%2Fb/queue/*, /user/a%2Fb/queue/x, true",
  })
  void aStarIsOneSegmentAndTwoAreTheRest(String pattern, String destination, boolean matches) {
    assertThat(new DestinationPattern(pattern).matches(Destination.of(destination)))
        .isEqualTo(matches);
  }

  @ParameterizedTest
  @CsvSource({
    "/topic/*,    /topic/a,     true",
    "/topic/*,    /topic/*,     true",
    "/topic/*,    /topic/**,    false",
    "/topic/**,   /topic/*,     true",
    "/topic/**,   /topic/**,    true",
    "/topic/**,   /topic/*/**,  true",
    "/topic/*/**, /topic/**,    false",
    "/topic/*/**, /topic/a/b,   true",
    "/topic/a,    /topic/*,     false",
    "/topic/a/*,  /topic/*/*,   false",
    "/topic/*/*,  /topic/a/*,   true",
    "/**,         /topic/**,    true",
    "/*/**,       /topic/**,    true",
    "/topic/**,   /**,          false",
  })
  void aPatternImpliesWhatItTakesIn(String one, String other, boolean implies) {
    assertThat(new DestinationPattern(one).implies(new DestinationPattern(other)))
        .isEqualTo(implies);
  }

  @ParameterizedTest
  @CsvSource({"/topic/a, true", "/user/queue/x, true", "/topic/*, false", "/**, false"})
  void aPatternWithoutStarsIsLiteral(String pattern, boolean literal) {
    assertThat(new DestinationPattern(pattern).isLiteral()).isEqualTo(literal);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "*",
        "/",
        "/topic/a*",
        "/topic/*a",
        "/topic/***",
        "/topic/**/a",
        "/**/**",
        "/topic//*",
        "/topic/*/",
        "/topic/../*",
        "/topic/*\n",
        "/topic//\n*",
        "/topic/?",
        "/topic/%2A",
      })
  void aWildcardIsAWholeSegment(String pattern) {
    Refusals.assertBadRequest(() -> new DestinationPattern(pattern));
  }
}
