package io.pharos.cli.bench.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventStreamScannerTest {
  private final PayloadFormat format = new PayloadFormat(7, 48);
  private final RecordingEvents events = new RecordingEvents();
  private final Bookmark bookmark = new Bookmark();
  private final EventStreamScanner scanner =
      new EventStreamScanner(format, events, bookmark, () -> events.heard.add("connected"));

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void findsMessagesControlEventsAndPositions(long seed) {
    feed(
        "retry: 2000\nid: e-3\nevent: connected\ndata: {}\n\n: \n\n"
            + ("id: e-4\ndata: " + payload(0, 11) + "\n\n")
            + ("id:e-5\r\nevent:message\r\ndata:" + payload(1, 12) + "\r\n\r\n")
            + "event: gap\ndata: {}\n\ndata: something else\n\n: going away\n\n",
        seed);

    assertThat(events.heard).containsExactly("connected", "0@11", "1@12", "gap");
    assertThat(bookmark.token()).isEqualTo("e-5");
    assertThat(scanner.comment()).isEqualTo("going away");
  }

  @Test
  void doesNotCountAnEventWhoseEndHasNotCome() {
    feed("id: e-4\ndata: " + payload(0, 11) + "\n\nid: e-5\ndata: " + payload(1, 12) + "\n", 1);

    assertThat(events.heard).containsExactly("0@11");
    assertThat(bookmark.token()).isEqualTo("e-4");
  }

  @Test
  void doesNotTakeThePositionOfALostEventForThatOfTheNext() {
    feed("id: e-4\ndata: a\n\nid: e-5\n", 1);
    bookmark.rollBack();
    bookmark.commit();

    assertThat(bookmark.token()).isEqualTo("e-4");
  }

  private String payload(int publication, long intended) {
    byte[] bytes = new byte[48];
    format.write(bytes, 0, publication, intended);
    return new String(bytes, StandardCharsets.US_ASCII);
  }

  private void feed(String text, long seed) {
    Pieces.feed(Pieces.utf8(text), seed, scanner::feed);
  }
}
