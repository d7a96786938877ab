package io.pharos.sse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.pharos.hub.Resume.Place;
import io.pharos.message.Destination;
import io.pharos.message.DestinationPattern;
import io.pharos.message.PharosException;
import io.pharos.message.Position;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CursorTest {
  private static final Destination A = Destination.of("/topic/a");
  private static final Destination B = Destination.of("/topic/b");
  private static final String CORS_SAFE = "[A-Za-z0-9._~-]*";

  private static StreamRequest request(String... patterns) {
    return StreamRequest.of(List.of(patterns).stream().map(DestinationPattern::new).toList());
  }

  private static Position at(long offset) {
    return new Position("abcdefgh", offset);
  }

  private static String token(StreamRequest request, Map<Destination, Position> positions) {
    CursorTracker tracker = CursorTracker.of(request);
    positions.forEach(tracker::moveTo);
    return tracker.token();
  }

  @Test
  void oneDestinationsCursorIsItsPosition() {
    StreamRequest request = request("/topic/a");

    assertThat(token(request, Map.of(A, at(7)))).isEqualTo("abcdefgh-7");
    assertThat(Cursor.parse("abcdefgh-7", request).after(A)).isEqualTo(Place.at(at(7)));
  }

  @Test
  void severalDestinationsCursorHasAllTheirPositions() {
    StreamRequest request = request("/topic/b", "/topic/a");
    String token = token(request, Map.of(A, at(7), B, at(100)));

    assertThat(token).matches("_[0-9a-z]{5}(\\.[01]-abcdefgh-(7|2s)){2}");
    Cursor cursor = Cursor.parse(token, request("/topic/a", "/topic/b"));
    assertThat(cursor.after(A)).isEqualTo(Place.at(at(7)));
    assertThat(cursor.after(B)).isEqualTo(Place.at(at(100)));
  }

  @Test
  void aDestinationThatAPatternFindsLaterIsReadFromItsBeginning() {
    StreamRequest request = request("/topic/*");
    String token = token(request, Map.of(A, at(7)));

    Cursor cursor = Cursor.parse(token, request);
    assertThat(cursor.after(A)).isEqualTo(Place.at(at(7)));
    assertThat(cursor.after(B)).isEqualTo(Place.BEGINNING);
    assertThat(Cursor.parse(token(request, Map.of()), request).after(A)).isEqualTo(Place.BEGINNING);
  }

  @Test
  void aNamedDestinationWithoutAPositionIsUnknown() {
    StreamRequest request = request("/topic/a", "/topic/b");

    assertThat(Cursor.parse(token(request, Map.of(A, at(7))), request).after(B))
        .isEqualTo(Place.UNKNOWN);
  }

  @Test
  void anotherRequestsCursorIsOfNoUse() {
    String token = token(request("/topic/a", "/topic/b"), Map.of(A, at(7), B, at(8)));

    for (StreamRequest other :
        List.of(
            request("/topic/a"),
            request("/topic/a", "/topic/c"),
            request("/topic/*"),
            request("/topic/a", "/topic/b", "/topic/c"))) {
      assertThat(Cursor.parse(token, other).after(A)).isEqualTo(Place.UNKNOWN);
    }
    assertThat(Cursor.parse("abcdefgh-7", request("/topic/a", "/topic/b")).after(A))
        .isEqualTo(Place.UNKNOWN);
  }

  @Test
  void eightNamedDestinationsNeedNoPreflight() {
    List<String> names = new ArrayList<>();
    Map<Destination, Position> positions = new HashMap<>();
    for (int i = 0; i < 8; i++) {
      names.add("/topic/a-rather-long-name-for-a-destination/" + i);
      positions.put(Destination.of(names.getLast()), at(40_000));
    }

    String token = token(request(names.toArray(String[]::new)), positions);

    assertThat(token).hasSizeLessThanOrEqualTo(128).matches(CORS_SAFE);
  }

  @Test
  void fiveDestinationsFoundByAPatternNeedNoPreflight() {
    Map<Destination, Position> positions = new HashMap<>();
    for (int i = 0; i < 5; i++) {
      positions.put(Destination.of("/topic/found/" + i), at(40_000));
    }

    assertThat(token(request("/topic/**"), positions))
        .hasSizeLessThanOrEqualTo(128)
        .matches(CORS_SAFE);
  }

  @Test
  void aCursorBeyondTheCapSaysThatItIsIncomplete() {
    StreamRequest request = request("/topic/**");
    CursorTracker tracker = CursorTracker.of(request);
    for (int i = 0; i < 500; i++) {
      tracker.moveTo(Destination.of("/topic/" + i), at(i));
    }

    String token = tracker.token();

    assertThat(token).hasSizeBetween(2000, Cursor.MAX_LENGTH).matches(CORS_SAFE).contains("~");
    Cursor cursor = Cursor.parse(token, request);
    assertThat(cursor.after(Destination.of("/topic/0"))).isEqualTo(Place.at(at(0)));
    assertThat(cursor.after(Destination.of("/topic/499"))).isEqualTo(Place.UNKNOWN);
    assertThat(cursor.after(Destination.of("/topic/new"))).isEqualTo(Place.UNKNOWN);
  }

  @Property(tries = 300)
  void everyCursorReadsAsItWasMade(
      @ForAll @Size(min = 1, max = 30) List<@LongRange(min = 0, max = 1L << 50) Long> offsets,
      @ForAll @IntRange(min = 1, max = 10) int named) {
    List<String> patterns = new ArrayList<>(List.of("/queue/found/*"));
    Map<Destination, Position> positions = new HashMap<>();
    for (int i = 0; i < offsets.size(); i++) {
      String name = (i < named ? "/topic/" : "/queue/found/") + i;
      if (i < named) {
        patterns.add(name);
      }
      positions.put(Destination.of(name), new Position("e" + i, offsets.get(i)));
    }
    StreamRequest request = request(patterns.toArray(String[]::new));

    String token = token(request, positions);

    assertThat(token).matches(CORS_SAFE);
    Cursor cursor = Cursor.parse(token, request);
    positions.forEach(
        (destination, position) ->
            assertThat(cursor.after(destination)).isEqualTo(Place.at(position)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "7",
        "earliest",
        "abc-",
        "-1",
        "abc-01",
        "abc-x",
        "abc-1\n",
        "_",
        "_abcde.",
        "_abcd",
        "_abcdef",
        "_abcde.0-abc",
        "_abcde.0-abc-",
        "_abcde.0-abc-01",
        "_abcde.0--1",
        "_abcde.-abc-1",
        "_abcde.__-abc-1",
        "_abcde.0-abc-1.0-abc-2",
        "_abcde.0-abc-zzzzzzzzzzzzz",
        "_abcde.0-abc-1~",
        "_abcde~~",
        "_ABCDE",
        "_abcde.0-äbc-1",
      })
  void whatNoStreamEverSentIsABadRequest(String token) {
    for (StreamRequest request : List.of(request("/topic/a"), request("/topic/a", "/topic/b"))) {
      assertThatExceptionOfType(PharosException.class)
          .isThrownBy(() -> Cursor.parse(token, request))
          .extracting(PharosException::code)
          .isEqualTo(PharosException.Code.BAD_REQUEST);
    }
  }

  @Test
  void aCursorIsReadUpToTheCap() {
    assertThatExceptionOfType(PharosException.class)
        .isThrownBy(() -> Cursor.parse("_" + "a".repeat(Cursor.MAX_LENGTH), request("/topic/*")))
        .withMessageContaining("2048");
  }

  @Property
  void noTextIsMoreThanABadRequest(@ForAll String token) {
    try {
      Cursor.parse(token, request("/topic/a", "/topic/*/x"));
    } catch (PharosException e) {
      assertThat(e.code()).isEqualTo(PharosException.Code.BAD_REQUEST);
    }
  }
}
