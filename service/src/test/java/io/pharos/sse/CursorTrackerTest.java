package io.pharos.sse;

import static org.assertj.core.api.Assertions.assertThat;

import io.pharos.hub.Resume.Place;
import io.pharos.message.Destination;
import io.pharos.message.DestinationPattern;
import io.pharos.message.Message;
import io.pharos.message.Position;
import io.pharos.message.Publication;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class CursorTrackerTest {
  private static final Destination A = Destination.of("/topic/a");
  private static final Destination B = Destination.of("/topic/b");
  private static final StreamRequest BOTH = request("/topic/a", "/topic/b");
  private final EventBuffer buffer = new EventBuffer();

  private static StreamRequest request(String... patterns) {
    return StreamRequest.of(List.of(patterns).stream().map(DestinationPattern::new).toList());
  }

  private static Message message(Destination destination, String epoch, long offset) {
    return new Message(
        new Position(epoch, offset), Instant.EPOCH, Publication.text(destination, "x"));
  }

  private String written() {
    return new String(buffer.toByteArray(), StandardCharsets.UTF_8);
  }

  @Test
  void aSingleStreamWritesTheSharedForm() {
    CursorTracker tracker = CursorTracker.of(request("/topic/a"));

    assertThat(tracker.append(message(A, "e", 5), buffer)).isTrue();

    assertThat(written()).isEqualTo("id: e-5\ndata: x\n\n");
    assertThat(tracker.token()).isEqualTo("e-5");
  }

  @Test
  void aSingleStreamHasNoCursorBeforeItBegins() {
    CursorTracker tracker = CursorTracker.of(request("/topic/a"));

    assertThat(tracker.hasBegun()).isFalse();
    tracker.begin(Map.of(A, new Position("e", 0)));
    assertThat(tracker.hasBegun()).isTrue();
    assertThat(tracker.token()).isEqualTo("e-0");
  }

  @Test
  @Timeout(20)
  void aStreamOfVeryManyDestinationsDoesNotLookAtAllForEachEvent() {
    CursorTracker tracker = CursorTracker.of(request("/topic/**"));
    Map<Destination, Position> places = new HashMap<>();
    for (int i = 0; i < 100_000; i++) {
      places.put(Destination.of("/topic/" + i), new Position("e", 0));
    }
    tracker.begin(places);

    for (int offset = 1; offset <= 100_000; offset++) {
      assertThat(tracker.append(message(A, "e", offset), new EventBuffer())).isTrue();
    }

    assertThat(tracker.token()).contains("~").hasSizeBetween(1500, Cursor.MAX_LENGTH);
  }

  @Test
  void aCompositeStreamHasNoCursorBeforeItBegins() {
    StreamRequest pattern = request("/topic/**");
    CursorTracker tracker = CursorTracker.of(pattern);

    assertThat(tracker.hasBegun()).isFalse();
    tracker.begin(Map.of());
    assertThat(tracker.hasBegun()).isTrue();
    assertThat(Cursor.parse(tracker.token(), pattern).after(A)).isEqualTo(Place.BEGINNING);
  }

  @Test
  void eachEventOfACompositeStreamCarriesTheCursorAfterIt() {
    CursorTracker tracker = CursorTracker.of(BOTH);
    tracker.begin(Map.of(A, new Position("e", 0), B, new Position("f", 40)));

    tracker.append(message(A, "e", 1), buffer);
    String first = tracker.token();
    tracker.append(message(B, "f", 41), buffer);

    assertThat(written())
        .isEqualTo("id: " + first + "\ndata: x\n\nid: " + tracker.token() + "\ndata: x\n\n");
    Cursor cursor = Cursor.parse(first, BOTH);
    assertThat(cursor.after(A)).isEqualTo(Place.at(new Position("e", 1)));
    assertThat(cursor.after(B)).isEqualTo(Place.at(new Position("f", 40)));
  }

  @Test
  void aMessageThatTwoPatternsMatchIsWrittenOnce() {
    CursorTracker tracker = CursorTracker.of(request("/topic/*/x", "/topic/a/*"));
    Destination both = Destination.of("/topic/a/x");

    assertThat(tracker.append(message(both, "e", 1), buffer)).isTrue();
    int length = buffer.length();
    assertThat(tracker.append(message(both, "e", 1), buffer)).isFalse();

    assertThat(buffer.length()).isEqualTo(length);
    assertThat(tracker.append(message(both, "e", 2), buffer)).isTrue();
    assertThat(tracker.append(message(both, "f", 1), buffer)).isTrue();
  }

  @Test
  void aGapMovesTheCursorToAnyPlace() {
    CursorTracker tracker = CursorTracker.of(BOTH);
    tracker.begin(Map.of(A, new Position("e", 9)));

    tracker.moveTo(A, new Position("f", 3));

    assertThat(Cursor.parse(tracker.token(), BOTH).after(A))
        .isEqualTo(Place.at(new Position("f", 3)));
    assertThat(tracker.append(message(A, "f", 4), buffer)).isTrue();
  }

  @Test
  void destinationsThatShareAKeyAreNamedByNoCursor() {
    StreamRequest request = request("/topic/**");
    CursorTracker tracker = CursorTracker.of(request);
    Destination[] twins = twins(request);
    tracker.moveTo(A, new Position("a", 1));
    tracker.moveTo(twins[0], new Position("e", 1));
    tracker.moveTo(twins[1], new Position("f", 2));

    Cursor cursor = Cursor.parse(tracker.token(), request);

    assertThat(cursor.after(A)).isEqualTo(Place.at(new Position("a", 1)));
    assertThat(cursor.after(twins[0])).isEqualTo(Place.UNKNOWN);
    assertThat(cursor.after(twins[1])).isEqualTo(Place.UNKNOWN);
  }

  /** Finds two destinations with the same key: a birthday needs some ten thousand guests. */
  private static Destination[] twins(StreamRequest request) {
    Map<String, Destination> byKey = new HashMap<>();
    for (int i = 0; ; i++) {
      Destination one = Destination.of("/topic/" + i);
      Destination other = byKey.putIfAbsent(request.key(one), one);
      if (other != null) {
        return new Destination[] {other, one};
      }
    }
  }

  @Test
  void aRequestIsSortedAndTakesNothingInTwice() {
    assertThat(request("/topic/b", "/topic/a", "/topic/b"))
        .isEqualTo(request("/topic/a", "/topic/b"));
    assertThat(request("/topic/a", "/topic/*", "/topic/**")).isEqualTo(request("/topic/**"));
    assertThat(request("/topic/*/x", "/topic/a/*").patterns()).hasSize(2);
    assertThat(request("/topic/a", "/topic/a").isSingle()).isTrue();
    assertThat(request("/topic/*").isSingle()).isFalse();
  }
}
