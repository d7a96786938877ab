package io.pharos.sse;

import static org.assertj.core.api.Assertions.assertThat;

import io.pharos.message.Body;
import io.pharos.message.Destination;
import io.pharos.message.Headers;
import io.pharos.message.Message;
import io.pharos.message.Position;
import io.pharos.message.Publication;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EventStreamMessageFormatTest {
  private static final Destination TOPIC = Destination.of("/topic/a");

  private static Message message(Body body, @Nullable String contentType, Headers headers) {
    return new Message(
        new Position("ab", 12),
        Instant.EPOCH,
        new Publication(TOPIC, body, contentType, headers, null));
  }

  private static Message text(String body) {
    return message(Body.of(body), null, Headers.NONE);
  }

  private static EncodedEvent encode(Message message) {
    return message.as(EventStreamMessageFormat.INSTANCE);
  }

  private static String text(EventBuffer buffer) {
    return new String(buffer.toByteArray(), StandardCharsets.UTF_8);
  }

  @Test
  void aMessageIsItsPositionAndItsBody() {
    assertThat(text(new EventBuffer().message(encode(text("{\"a\":1}")))))
        .isEqualTo("id: ab-12\ndata: {\"a\":1}\n\n");
  }

  @Test
  void anotherCursorTakesThePlaceOfThePosition() {
    assertThat(text(new EventBuffer().message(encode(text("x")), "_k.0-ab-c")))
        .isEqualTo("id: _k.0-ab-c\ndata: x\n\n");
  }

  @Test
  void theEventHeaderNamesTheType() {
    var headers = new Headers(Map.of("event", "price"));

    assertThat(text(new EventBuffer().message(encode(message(Body.of("1"), null, headers)))))
        .isEqualTo("id: ab-12\nevent: price\ndata: 1\n\n");
  }

  @Test
  void anEmptyEventHeaderNamesNoType() {
    var headers = new Headers(Map.of("event", ""));

    assertThat(text(new EventBuffer().message(encode(message(Body.of("1"), null, headers)))))
        .isEqualTo("id: ab-12\ndata: 1\n\n");
  }

  @Test
  void allReceiversShareOneForm() {
    Message message = text("x");

    assertThat(encode(message)).isSameAs(encode(message));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        "-                          | application/octet-stream",
        "image/png                  | image/png",
        "application/cbor; x=\"a,b\" | application/cbor",
        "nonsense                   | application/octet-stream",
        "a/b,c                      | application/octet-stream",
      })
  void aBinaryBodyIsADataUrl(@Nullable String contentType, String mediaType) {
    byte[] binary = {(byte) 0xff, '\n', '\r', 0};
    Message message = message(Body.wrap(binary), contentType, Headers.NONE);

    assertThat(text(new EventBuffer().message(encode(message))))
        .isEqualTo(
            "id: ab-12\ndata: data:"
                + mediaType
                + ";base64,"
                + Base64.getEncoder().encodeToString(binary)
                + "\n\n");
  }

  @Provide
  Arbitrary<String> bodies() {
    return Arbitraries.of("\n", "\r", "\r\n", "data:", "id", ":", " ", "é", "😀", "\uFEFF", "x")
        .list()
        .ofMaxSize(12)
        .map(parts -> String.join("", parts));
  }

  @Property
  void whatIsWrittenIsReadWhateverTheChunks(
      @ForAll @Size(max = 8) List<@From("bodies") String> bodies,
      @ForAll @Size(min = 1, max = 20) List<@IntRange(min = 1, max = 9) Integer> chunks) {
    EventBuffer buffer = new EventBuffer();
    List<ServerSentEvent> expected = new ArrayList<>();
    for (String body : bodies) {
      buffer.comment("beat").message(encode(text(body)));
      String seen = body.replace("\r\n", "\n").replace('\r', '\n');
      expected.add(new ServerSentEvent("ab-12", "message", seen));
    }
    List<ServerSentEvent> events = new ArrayList<>();
    EventStreamParser parser = new EventStreamParser(1 << 20, events::add);
    byte[] bytes = buffer.toByteArray();
    int at = 0;
    for (int i = 0; at < bytes.length; i++) {
      int count = Math.min(chunks.get(i % chunks.size()), bytes.length - at);
      parser.feed(bytes, at, count);
      at += count;
    }

    assertThat(events).isEqualTo(expected);
  }

  @Test
  void whatFollowsInOneStreamLeavesTheSharedEventAsItIs() {
    EncodedEvent shared = encode(text("x"));
    var mine = new EventBuffer().message(shared).comment("only mine");

    assertThat(text(mine)).isEqualTo("id: ab-12\ndata: x\n\n: only mine\n\n");
    assertThat(text(new EventBuffer().message(shared))).isEqualTo("id: ab-12\ndata: x\n\n");
  }

  @Test
  void aBufferThatWasEmptiedHoldsNothingOfTheSharedEvent() {
    EncodedEvent shared = encode(text("x"));
    var buffer = new EventBuffer().message(shared);
    buffer.clear();

    assertThat(text(buffer.comment("y"))).isEqualTo(": y\n\n");
    assertThat(text(new EventBuffer().message(shared))).isEqualTo("id: ab-12\ndata: x\n\n");
  }
}
