package io.pharos.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.LongRange;

class MessagePropertyTest {

  @Provide
  Arbitrary<DestinationPattern> patterns() {
    return paths(List.of("a", "b", "*"), List.of("", "/**")).map(DestinationPattern::new);
  }

  @Provide
  Arbitrary<Destination> destinations() {
    return paths(List.of("a", "b", "ab"), List.of("")).map(Destination::of);
  }

  private static Arbitrary<String> paths(List<String> segments, List<String> endings) {
    return Combinators.combine(
            Arbitraries.of(segments).list().ofMinSize(1).ofMaxSize(3), Arbitraries.of(endings))
        .as((path, ending) -> "/topic/" + String.join("/", path) + ending);
  }

  @Property
  void implyingIsMatchingAllThatTheOtherMatches(
      @ForAll("patterns") DestinationPattern one,
      @ForAll("patterns") DestinationPattern other,
      @ForAll("destinations") Destination destination) {
    if (one.implies(other) && other.matches(destination)) {
      assertThat(one.matches(destination)).isTrue();
    }
    assertThat(one.implies(DestinationPattern.of(destination))).isEqualTo(one.matches(destination));
  }

  @Property
  void aPatternThatDoesNotImplyMissesOneOfTheOthersDestinations(
      @ForAll("patterns") DestinationPattern one, @ForAll("patterns") DestinationPattern other) {
    // Segments that no pattern names, in both lengths that the last wildcard can take here.
    List<String> witnesses =
        List.of(
            other.value().replace("**", "y").replace("*", "z"),
            other.value().replace("**", "y/y/y/y").replace("*", "z"));

    boolean all = witnesses.stream().map(Destination::of).allMatch(one::matches);

    assertThat(witnesses.stream().map(Destination::of)).allMatch(other::matches);
    assertThat(one.implies(other)).isEqualTo(all);
  }

  @Provide
  Arbitrary<String> userNames() {
    return Arbitraries.oneOf(
        Arbitraries.strings().ofMinLength(1).ofMaxLength(40),
        Arbitraries.of(".", "..", "%", "%41", "a/b", "queue", "*", " ", "\ud83d\ude00", "e\u0301"));
  }

  @Property
  void aUserNameSurvivesItsDestination(@ForAll("userNames") String value) {
    UserName name;
    try {
      name = new UserName(value);
    } catch (PharosException e) {
      Refusals.assertBadRequest(e);
      return;
    }
    Destination own = Destination.ofUser(name, "/queue/x");

    assertThat(own.user()).isEqualTo(name);
    assertThat(own.asSeenByClient()).isEqualTo("/user/queue/x");
    assertThat(Destination.of(own.value())).isEqualTo(own);
  }

  @Provide
  Arbitrary<String> epochs() {
    return Arbitraries.strings().alpha().numeric().ofMinLength(1).ofMaxLength(16);
  }

  @Property
  void aPositionSurvivesPrinting(
      @ForAll("epochs") String epoch,
      @ForAll @LongRange(min = 0, max = Position.MAX_OFFSET) long offset) {
    Position position = new Position(epoch, offset);

    assertThat(position.toString().length()).isLessThanOrEqualTo(Position.MAX_LENGTH);
    assertThat(Position.parse(position.toString())).isEqualTo(position);
  }

  @Property
  void whatParsesIsPrintedTheSame(@ForAll("nearlyPositions") String token) {
    try {
      assertThat(Position.parse(token)).hasToString(token);
    } catch (PharosException e) {
      Refusals.assertBadRequest(e);
    }
  }

  @Provide
  Arbitrary<String> nearlyPositions() {
    return pieces("a", "Z", "0", "1", "9", "-", "+", " ", "\u0661", "9".repeat(18), "\n");
  }

  @Provide
  Arbitrary<String> anything() {
    return Arbitraries.oneOf(
        Arbitraries.strings(),
        pieces(
            "/topic/",
            "/user/",
            "/queue/",
            "/",
            "*",
            "**",
            "%",
            "%41",
            "%C3",
            "a",
            "..",
            ".",
            "ü",
            "e\u0301",
            "\ud83d",
            "\ude00",
            "\n",
            "\u0000",
            "\u202e",
            "a".repeat(200)));
  }

  private static Arbitrary<String> pieces(String... pieces) {
    return Arbitraries.of(pieces).list().ofMaxSize(8).map(some -> String.join("", some));
  }

  @Property
  void anyStringIsAValueOrABadRequest(@ForAll("anything") String input) {
    List<Function<String, Object>> constructors =
        List.of(
            Destination::of,
            DestinationPattern::new,
            UserName::new,
            UserName::ofSegment,
            Position::parse,
            s -> new Position(s, 1),
            s -> new Headers(Map.of(s, "value")),
            s -> new Headers(Map.of("name", s)),
            s -> new Headers(Map.of(Headers.EVENT, s)),
            s -> publication(s, "key"),
            s -> publication("text/plain", s));
    for (var constructor : constructors) {
      try {
        assertThat(constructor.apply(input)).isNotNull();
      } catch (PharosException e) {
        Refusals.assertBadRequest(e);
      }
    }
  }

  private static Publication publication(String contentType, String key) {
    return new Publication(Destination.of("/topic/a"), Body.EMPTY, contentType, Headers.NONE, key);
  }
}
