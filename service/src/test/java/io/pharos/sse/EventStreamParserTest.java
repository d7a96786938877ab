package io.pharos.sse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.pharos.message.PharosException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a client makes of a stream: section G of the checklist. */
class EventStreamParserTest {
  private final List<ServerSentEvent> events = new ArrayList<>();
  private final List<Duration> retries = new ArrayList<>();
  private final List<String> comments = new ArrayList<>();
  private final EventStreamParser parser =
      new EventStreamParser(
          1000,
          new EventStreamHandler() {
            @Override
            public void event(ServerSentEvent event) {
              events.add(event);
            }

            @Override
            public void retry(Duration delay) {
              retries.add(delay);
            }

            @Override
            public void comment(String text) {
              comments.add(text);
            }
          });

  private void feed(String... chunks) {
    for (String chunk : chunks) {
      byte[] bytes = chunk.getBytes(StandardCharsets.UTF_8);
      parser.feed(bytes, 0, bytes.length);
    }
  }

  private static ServerSentEvent message(String data) {
    return new ServerSentEvent("", "message", data);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "data: a|\ndata: b\n|\n",
        "data: a|\rdata: b\r|\r",
        "data: a\r|\ndata: b\r|\n\r|\n",
        "data: a\r\n|data: b\r\n\r\n",
        "data: a\rdata: b\n\r\n",
        "da|ta: |a\n|data:b\n\n",
      })
  void everyLineEndWorksAcrossChunks(String stream) {
    feed((stream + "|data: c\n\n").split("\\|"));

    assertThat(events).containsExactly(message("a\nb"), message("c"));
  }

  @Test
  void anEventIsReportedWithItsBlankLineAndNotLater() {
    feed("data: a\r\r");

    assertThat(events).containsExactly(message("a"));
    feed("\ndata: b\r\n\r");
    assertThat(events).containsExactly(message("a"), message("b"));
  }

  @Test
  void aByteOrderMarkAtTheStartIsSkippedEvenInPieces() {
    byte[] bom = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};
    for (byte b : bom) {
      parser.feed(new byte[] {b}, 0, 1);
    }
    feed("data: a\n\n", "\uFEFFdata: lost\n", "data: \uFEFFkept\n\n");

    assertThat(events).containsExactly(message("a"), message("\uFEFFkept"));
  }

  @Test
  void aByteOrderMarkBeforeABlankLineIsSkipped() {
    feed("\uFEFF\ndata: a\n\n");

    assertThat(events).containsExactly(message("a"));
  }

  @Test
  void charactersCutByChunksAreWhole() {
    for (byte b : "data: é😀\n\n".getBytes(StandardCharsets.UTF_8)) {
      parser.feed(new byte[] {b}, 0, 1);
    }

    assertThat(events).containsExactly(message("é😀"));
  }

  @Test
  void commentsAndUnknownFieldsAreNoEvents() {
    feed(": beat\n\n:\n\nfoo: bar\n\nfoo\n\ndata\n: in between\ndata\n\n");

    assertThat(comments).containsExactly("beat", "", "in between");
    assertThat(events).containsExactly(message("\n"));
  }

  @Test
  void anEventCutOffByTheEndIsDiscardedWithItsId() {
    feed("id: 1\ndata: a\n\nid: 2\ndata: b\n");

    assertThat(events).containsExactly(new ServerSentEvent("1", "message", "a"));
    assertThat(parser.lastEventId()).isEqualTo("1");
  }

  @Test
  void eventsWithoutAnIdKeepTheLastOne() {
    feed("id: 1\ndata: a\n\ndata: b\n\n");

    assertThat(events).extracting(ServerSentEvent::id).containsExactly("1", "1");
  }

  @Test
  void anEmptyIdClearsIt() {
    feed("id: 1\ndata: a\n\nid\ndata: b\n\n");

    assertThat(events).extracting(ServerSentEvent::id).containsExactly("1", "");
    assertThat(parser.lastEventId()).isEmpty();
  }

  @Test
  void anIdWithNulIsIgnored() {
    feed("id: 1\ndata: a\n\nid: 2\u0000\ndata: b\n\n");

    assertThat(events).extracting(ServerSentEvent::id).containsExactly("1", "1");
  }

  @Test
  void anIdAloneMovesTheCursor() {
    feed("id: 7\n\n");

    assertThat(events).isEmpty();
    assertThat(parser.lastEventId()).isEqualTo("7");
  }

  @Test
  void aTypeIsForOneEventAndAnEmptyOneIsTheDefault() {
    feed("event: e\ndata: a\n\ndata: b\n\nevent:\ndata: c\n\nevent: x\n\ndata: d\n\n");

    assertThat(events)
        .extracting(ServerSentEvent::event)
        .containsExactly("e", "message", "message", "message");
  }

  @Test
  void oneSpaceAfterTheColonIsStripped() {
    feed("data:a\n\ndata: a\n\ndata:  a\n\ndata:\ta\n\n");

    assertThat(events).extracting(ServerSentEvent::data).containsExactly("a", "a", " a", "\ta");
  }

  @Test
  void emptyDataIsAnEventAndNoDataIsNone() {
    feed("data\n\n", "data:\n\n", "event: e\n\n");

    assertThat(events).containsExactly(message(""), message(""));
  }

  @Test
  void retryIsDigitsOnly() {
    feed("retry: 1500\nretry: 1.5\nretry: -1\nretry:\nretry: 2s\nretry: 99999999999999999999\n");
    feed("retry: \u0661\nretry:0\n\n");

    assertThat(retries).containsExactly(Duration.ofMillis(1500), Duration.ZERO);
  }

  @Test
  void anEventBeyondTheLimitIsRefused() {
    feed("data: " + "x".repeat(994) + "\n\n");
    assertThat(events).hasSize(1);

    assertThatExceptionOfType(PharosException.class)
        .isThrownBy(() -> feed("data: " + "x".repeat(995)))
        .extracting(PharosException::code)
        .isEqualTo(PharosException.Code.TOO_LARGE);
  }

  @Test
  void manyLinesTogetherCannotPassTheLimit() {
    assertThatExceptionOfType(PharosException.class)
        .isThrownBy(
            () -> {
              while (true) {
                feed("data\n");
              }
            });
  }

  @Test
  void commentsWithoutEndAreNoEvent() {
    for (int i = 0; i < 10_000; i++) {
      feed(":beat\n");
    }

    assertThat(comments).hasSize(10_000);
  }
}
