package io.pharos.sse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Named by the items of section C of the server checklist: what an event looks like. */
class EventBufferTest {
  private final EventBuffer buffer = new EventBuffer();

  private static String text(EventBuffer buffer) {
    return new String(buffer.toByteArray(), StandardCharsets.UTF_8);
  }

  private static List<ServerSentEvent> parse(EventBuffer buffer) {
    List<ServerSentEvent> events = new ArrayList<>();
    byte[] bytes = buffer.toByteArray();
    new EventStreamParser(1 << 20, events::add).feed(bytes, 0, bytes.length);
    return events;
  }

  @Test
  void c12AnEventIsItsFieldsAndABlankLine() {
    buffer.event("a-1", "greeting", "hello");

    assertThat(text(buffer)).isEqualTo("id: a-1\nevent: greeting\ndata: hello\n\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\nb", "a\rb", "a\r\nb"})
  void c13DataIsSplitAtEveryKindOfLineEnd(String data) {
    buffer.event(null, "message", data);

    assertThat(text(buffer)).isEqualTo("data: a\ndata: b\n\n");
  }

  @Test
  void c13LfCrIsTwoLineEnds() {
    buffer.event(null, "message", "a\n\rb");

    assertThat(text(buffer)).isEqualTo("data: a\ndata: \ndata: b\n\n");
  }

  @Test
  void c14ALeadingSpaceOfThePayloadSurvives() {
    buffer.event(null, "message", " x");

    assertThat(text(buffer)).isEqualTo("data:  x\n\n");
    assertThat(parse(buffer)).extracting(ServerSentEvent::data).containsExactly(" x");
  }

  @ParameterizedTest
  @ValueSource(strings = {"l1\nl2\n", "\n", "\n\n", "x\n"})
  void c15TrailingLineEndsSurvive(String data) {
    buffer.event(null, "message", data);

    assertThat(parse(buffer)).extracting(ServerSentEvent::data).containsExactly(data);
  }

  @Test
  void c15ATrailingCrIsALineEndToo() {
    buffer.event(null, "message", "x\r").event(null, "message", "y\r\n");

    assertThat(parse(buffer)).extracting(ServerSentEvent::data).containsExactly("x\n", "y\n");
  }

  @Test
  void c16AnEmptyPayloadIsAnEvent() {
    buffer.event(null, "message", "");

    assertThat(parse(buffer)).containsExactly(new ServerSentEvent("", "message", ""));
  }

  @Test
  void c16ACursorMovesWithoutAnEvent() {
    buffer.cursor("a-7").event(null, "message", "x");

    assertThat(parse(buffer)).containsExactly(new ServerSentEvent("a-7", "message", "x"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a\nb", "a\rb", "a\u0000b", "a\tb", "\u001b", "\u007f", "\u0085"})
  void c17TypesThatCouldBreakOutAreRefused(String type) {
    assertThatIllegalArgumentException().isThrownBy(() -> buffer.event(null, type, "x"));
  }

  @Test
  void c17TheDefaultTypeIsLeftOut() {
    buffer.event(null, "message", "x");

    assertThat(text(buffer)).doesNotContain("event");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a\nb", "a\rb", "a\u0000", "a b", " a", "\u007f", "ä"})
  void c18IdsThatClientsWouldMisreadAreRefused(String id) {
    assertThatIllegalArgumentException().isThrownBy(() -> buffer.event(id, "message", "x"));
    assertThatIllegalArgumentException().isThrownBy(() -> buffer.cursor(id));
  }

  @Test
  void c20RetryIsInWholeMilliseconds() {
    buffer.retry(Duration.ofMillis(1500));

    assertThat(text(buffer)).isEqualTo("retry: 1500\n\n");
    assertThatIllegalArgumentException().isThrownBy(() -> buffer.retry(Duration.ofMillis(-1)));
  }

  @Test
  void c23CommentsAreSplitLikeData() {
    buffer.comment("a\r\ndata: evil\n\nb");

    assertThat(text(buffer)).isEqualTo(": a\n: data: evil\n: \n: b\n\n");
    assertThat(parse(buffer)).isEmpty();
  }

  @Provide
  Arbitrary<String> hostile() {
    return Arbitraries.of(
            "\n",
            "\r",
            "\r\n",
            "\n\n",
            ":",
            " ",
            "data: x",
            "id: 9",
            "event: e",
            "retry: 1",
            "\u0000",
            "\uFEFF",
            "\u2028",
            "ü",
            "😀",
            "a")
        .list()
        .ofMaxSize(20)
        .map(parts -> String.join("", parts));
  }

  @Property
  void noDataEverMakesASecondEventOrChangesAnotherField(@ForAll("hostile") String data) {
    EventBuffer out = new EventBuffer();
    out.event("a-1", "kind", data).comment(data).event("a-2", "message", "end");

    assertThat(parse(out))
        .containsExactly(
            new ServerSentEvent("a-1", "kind", data.replace("\r\n", "\n").replace('\r', '\n')),
            new ServerSentEvent("a-2", "message", "end"));
  }

  @Test
  void whatWasGatheredLeavesInOneWrite() throws IOException {
    var writes = new ArrayList<Integer>();
    var out =
        new ByteArrayOutputStream() {
          @Override
          public synchronized void write(byte[] b, int off, int len) {
            writes.add(len);
            super.write(b, off, len);
          }
        };
    buffer.event(null, "message", "x".repeat(200_000)).event(null, "message", "y");
    int length = buffer.length();

    buffer.drainTo(out);

    assertThat(writes).containsExactly(length);
    assertThat(buffer.length()).isZero();
    assertThat(buffer.comment("z").toByteArray()).hasSize(5);
  }
}
