package io.pharos.cli.bench.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.IntConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SockJsClientTest implements Line {
  private static final String HEAD =
      "HTTP/1.1 200 OK\r\nContent-Type: application/javascript\r\nTransfer-Encoding: chunked\r\n";
  private static final String END = "0\r\n\r\n";

  private final PayloadFormat format = new PayloadFormat(7, 48);
  private final RecordingEvents events = new RecordingEvents();
  private final Bookmark bookmark = new Bookmark();
  private final List<String> asked = new ArrayList<>();
  private final List<String> sent = new ArrayList<>();
  private final Deque<IntConsumer> answers = new ArrayDeque<>();
  private final List<String> failures = new ArrayList<>();
  private final Conversation client = protocol().open(this, events, 3, bookmark);

  private SockJsProtocol protocol() {
    var settings =
        new StompSettings(
            HttpTarget.parse("http://push.example:81/ws"),
            number -> "/topic/" + number,
            List.of("X-Test: 1"),
            "tok",
            StompSettings.Signal.RECEIPT);
    return new SockJsProtocol(
        settings,
        format,
        (request, answered) -> {
          sent.add(new String(request, StandardCharsets.UTF_8));
          answers.add(answered);
        });
  }

  @Override
  public void send(byte[] bytes) {
    asked.add(new String(bytes, StandardCharsets.UTF_8));
  }

  @Override
  public void fail(Exception cause) {
    failures.add(cause.getMessage());
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void logsInSubscribesAndCounts(long seed) {
    client.start();
    feed(HEAD + "\r\n" + chunk("h".repeat(2048) + "\n") + chunk("o\n"), seed);
    assertThat(asked).hasSize(1);
    assertThat(asked.getFirst())
        .containsPattern("^POST /ws/[0-9]{3}/[a-z0-9]+/xhr_streaming HTTP/1.1\r\n")
        .contains("\r\nX-Test: 1\r\n")
        .endsWith("\r\nContent-Length: 0\r\n\r\n");
    assertThat(sent).hasSize(1);
    assertThat(sent.getFirst())
        .containsPattern("^POST /ws/[0-9]{3}/[a-z0-9]+/xhr_send HTTP/1.1\r\n")
        .endsWith(
            "\r\n\r\n[\"CONNECT\\naccept-version:1.2\\nhost:push.example\\n"
                + "heart-beat:0,25000\\npasscode:tok\\n\\n\\u0000\"]");

    answer(204);
    feed(chunk(message("CONNECTED\\nversion:1.2\\n\\n\\u0000")), seed);
    assertThat(sent.getLast())
        .endsWith("[\"SUBSCRIBE\\nid:0\\ndestination:/topic/3\\nreceipt:s\\n\\n\\u0000\"]");

    answer(204);
    feed(chunk(message("RECEIPT\\nreceipt-id:s\\nposition:e-1\\n\\n\\u0000")), seed);
    feed(chunk("h\n") + chunk(message(published(0, 11))), seed);
    assertThat(events.heard).containsExactly("subscribed", "0@11");
    assertThat(bookmark.token()).isEqualTo("e-5");
    assertThat(failures).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void goesOnOverTheSameConnectionWhenAnAnswerEnds(long seed) {
    subscribe();
    feed(chunk(message(published(0, 11))) + END, seed);
    assertThat(asked).hasSize(2);
    assertThat(asked.get(1)).isEqualTo(asked.get(0));
    feed(HEAD + "\r\n" + chunk("h".repeat(2048) + "\n" + message(published(1, 12))), seed);

    assertThat(events.heard).containsExactly("subscribed", "0@11", "1@12");
    assertThat(sent).hasSize(2);
  }

  @Test
  void goesOnOverAnotherConnectionWhenTheServerClosesBetweenAnswers() {
    client.start();
    feed(HEAD + "Connection: close\r\n\r\n" + chunk("o\n") + END, 1);
    assertThat(asked).as("not over a connection that is about to close").hasSize(1);
    assertThat(client.goesOn()).isTrue();

    client.start();
    assertThat(asked).hasSize(2);
    assertThat(client.goesOn()).as("closed before it answered").isTrue();

    client.start();
    feed(HEAD + "\r\n" + chunk(message("CONNECTED\\n\\n\\u0000")), 1);
    assertThat(sent).hasSize(2);
    assertThat(client.goesOn()).as("what was on its way is lost").isFalse();
  }

  @Test
  void givesUpWhenNoConnectionBringsAnAnswer() {
    client.start();
    feed(HEAD + "\r\n" + chunk("o\n") + END, 1);

    assertThat(client.goesOn()).isTrue();
    assertThat(client.goesOn()).isTrue();
    assertThat(client.goesOn()).isTrue();
    assertThat(client.goesOn()).isFalse();
  }

  @Test
  void aConnectionThatNeverOpenedTheSessionIsLost() {
    client.start();

    assertThat(client.goesOn()).isFalse();
  }

  @Test
  void aSessionThatTheServerHasClosedIsLost() {
    subscribe();
    assertThatThrownBy(() -> feed(chunk("c[1013,\"too slow\"]\n") + END, 1))
        .isInstanceOf(WireException.class);

    assertThat(events.heard).containsExactly("subscribed", "ended: closed with 1013, too slow");
    assertThat(client.goesOn()).isFalse();
  }

  @Test
  void aSessionThatTheServerHasForgottenIsLost() {
    subscribe();
    feed(END, 1);

    assertThatThrownBy(() -> feed(HEAD + "\r\n" + chunk("o\n"), 1))
        .isInstanceOf(WireException.class)
        .hasMessageContaining("lost the session");
  }

  @Test
  void aRefusedStreamSaysItsStatus() {
    client.start();

    assertThatThrownBy(() -> feed("HTTP/1.1 401 No\r\nContent-Length: 0\r\n\r\n", 1))
        .isInstanceOfSatisfying(WireException.class, e -> assertThat(e.status()).isEqualTo(401));
  }

  @Test
  void whatIsNoFrameSaysSo() {
    client.start();

    assertThatThrownBy(() -> feed(HEAD + "\r\n" + chunk("<html>"), 1))
        .isInstanceOf(WireException.class)
        .hasMessageContaining("no SockJS frame");
  }

  @Test
  void aRefusedMessageEndsTheConnection() {
    client.start();
    feed(HEAD + "\r\n" + chunk("o\n"), 1);
    answer(404);
    assertThat(failures).containsExactly("the server answered 404 to an xhr_send");
  }

  @Test
  void aMessageWithoutAnAnswerEndsTheConnection() {
    client.start();
    feed(HEAD + "\r\n" + chunk("o\n"), 1);
    answer(Courier.NO_ANSWER);
    assertThat(failures).containsExactly("the server did not answer an xhr_send");
  }

  private void subscribe() {
    client.start();
    feed(
        HEAD
            + "\r\n"
            + chunk("o\n" + message("CONNECTED\\n\\n\\u0000"))
            + chunk(message("RECEIPT\\nreceipt-id:s\\n\\n\\u0000")),
        1);
  }

  private void answer(int status) {
    answers.remove().accept(status);
  }

  private String published(int publication, long intended) {
    byte[] bytes = new byte[48];
    format.write(bytes, 0, publication, intended);
    return "MESSAGE\\nsubscription:0\\nposition:e-5\\n\\n"
        + new String(bytes, StandardCharsets.US_ASCII)
        + "\\u0000";
  }

  private static String message(String json) {
    return "a[\"" + json + "\"]\n";
  }

  private static String chunk(String text) {
    return Integer.toHexString(text.length()) + "\r\n" + text + "\r\n";
  }

  private void feed(String text, long seed) {
    Pieces.feed(Pieces.utf8(text), seed, client::received);
  }
}
