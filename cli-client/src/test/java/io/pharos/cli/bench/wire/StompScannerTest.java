package io.pharos.cli.bench.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StompScannerTest {
  private final PayloadFormat format = new PayloadFormat(7, 48);
  private final RecordingEvents events = new RecordingEvents();
  private final Bookmark bookmark = new Bookmark();
  private final StompScanner scanner =
      new StompScanner(
          format,
          events,
          new StompReplies() {
            @Override
            public void connected() {
              events.heard.add("connected");
            }

            @Override
            public void receipt() {
              events.heard.add("receipt");
            }

            @Override
            public void error(String message) {
              events.heard.add("error: " + message);
            }
          },
          bookmark);

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void findsMessagesAnswersAndPositions(long seed) {
    feed(
        "CONNECTED\nversion:1.2\n\n\0\n\nRECEIPT\r\nreceipt-id:s\r\nposition:e-3\r\n\r\n\0"
            + ("MESSAGE\nsubscription:0\nposition:e-4\n\n" + payload(0, 11) + "\0\n")
            + "\n\nMESSAGE\npharos-event:gap\nposition:e-8\n\n{}\0"
            + ("MESSAGE\ncontent-length:48\nposition:e-9\n\n" + payload(5, 12) + "\0")
            + "MESSAGE\nposition:e-10\n\nof somebody else\0"
            + "ERROR\nmessage:short\n\nthe whole story\n\0ERROR\nmessage:short\n\n\0",
        seed);

    assertThat(events.heard)
        .containsExactly(
            "connected",
            "receipt",
            "0@11",
            "gap",
            "5@12",
            "error: the whole story",
            "error: short");
    assertThat(bookmark.token()).isEqualTo("e-10");
  }

  @Test
  void doesNotCommitThePositionOfAFrameThatIsNotComplete() {
    feed("MESSAGE\nposition:e-4\n\nx\0MESSAGE\nposition:e-5\n\nhalf", 1);

    assertThat(bookmark.token()).isEqualTo("e-4");
  }

  @Test
  void refusesAnUnknownFrame() {
    assertThatThrownBy(() -> feed("HELLO\n\n\0", 1))
        .isInstanceOf(WireException.class)
        .hasMessageContaining("HELLO");
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
