package io.pharos.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pharos.message.PharosException;
import io.pharos.message.Publication;
import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BatchReaderTest {

  @Test
  void everyMemberIsRead() {
    Publication read =
        read("""
        [{"destination":"/topic/a","body":"hé","contentType":"text/plain",
          "headers":{"event":"price","k":"v"},"idempotencyKey":"k1"}]\
        """)
            .getFirst();
    assertThat(read.destination().value()).isEqualTo("/topic/a");
    assertThat(read.body().textOrNull()).isEqualTo("hé");
    assertThat(read.contentType()).isEqualTo("text/plain");
    assertThat(read.headers().values()).containsEntry("event", "price").containsEntry("k", "v");
    assertThat(read.idempotencyKey()).isEqualTo("k1");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "{\"x\":[1,2]}; {\"x\":[1,2]}; application/json",
        "[1]; [1]; application/json",
        "17; 17; application/json",
        "null; null; application/json",
        "\"text\"; text; ",
      })
  void aBodyThatIsNoStringIsSentAsJson(String body, String text, String contentType) {
    Publication read = read("[{\"destination\":\"/topic/a\",\"body\":" + body + "}]").getFirst();
    assertThat(read.body().textOrNull()).isEqualTo(text);
    assertThat(read.contentType()).isEqualTo(contentType);
  }

  @Test
  void bytesComeAsBase64() {
    Publication read = read("[{\"destination\":\"/topic/a\",\"bodyBase64\":\"/wA=\"}]").getFirst();
    assertThat(read.body().bytes()).containsExactly(0xff, 0);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "{; not valid JSON",
        "{\"destination\":\"/topic/a\"}; array",
        "[1]; message 0",
        "[{\"destination\":\"/topic/a\"},{}]; message 1 of the batch: the member 'destination'",
        "[{\"destination\":\"/nowhere\"}]; /nowhere",
        "[{\"destination\":7}]; must be a string",
        "[{\"destination\":\"/topic/a\",\"colour\":1}]; colour",
        "[{\"destination\":\"/topic/a\",\"body\":\"a\",\"bodyBase64\":\"YQ==\"}]; both",
        "[{\"destination\":\"/topic/a\",\"bodyBase64\":\"?\"}]; base64",
        "[{\"destination\":\"/topic/a\",\"headers\":[]}]; headers",
        "[{\"destination\":\"/topic/a\",\"headers\":{\"a\":1}}]; must be a string",
        "[{\"destination\":\"/topic/a\",\"headers\":{\"a\":\"\\n\"}}]; control character",
        "[{\"destination\":\"/topic/a\",\"idempotencyKey\":\"\"}]; idempotency key",
      })
  void whatIsWrongIsNamed(String json, String hint) {
    assertThatThrownBy(() -> read(json))
        .isInstanceOfSatisfying(
            PharosException.class,
            e -> assertThat(e.code()).isEqualTo(PharosException.Code.BAD_REQUEST))
        .hasMessageContaining(hint);
  }

  @ParameterizedTest
  @ValueSource(strings = {"[][]", "[] x", "[]]", "[] {}", "[],", "[]\u0000"})
  void nothingFollowsTheArray(String json) {
    assertRefused(json.getBytes(StandardCharsets.UTF_8), "one JSON array and nothing after it");
  }

  @Test
  void whiteSpaceMaySurroundTheArray() {
    assertThat(read(" \t\r\n[ ] \t\r\n")).isEmpty();
  }

  @Test
  void moreMessagesThanAllowedAreTooLarge() {
    String one = "{\"destination\":\"/topic/a\"}";
    assertThatThrownBy(() -> read("[" + one + "," + one + "," + one + "]"))
        .isInstanceOfSatisfying(
            PharosException.class,
            e -> assertThat(e.code()).isEqualTo(PharosException.Code.TOO_LARGE));
  }

  @Test
  void nestingWithoutEndIsRefused() {
    assertThatThrownBy(() -> read("[".repeat(30_000))).isInstanceOf(PharosException.class);
  }

  @Property(tries = 500)
  void whateverComesIsReadOrRefused(@ForAll byte[] json) {
    try {
      assertThat(BatchReader.read(json, 2)).hasSizeLessThanOrEqualTo(2);
    } catch (PharosException e) {
      assertThat(e.code()).isEqualTo(PharosException.Code.BAD_REQUEST);
    }
  }

  private static void assertRefused(byte[] json, String... hints) {
    assertThatThrownBy(() -> BatchReader.read(json, 2))
        .isInstanceOfSatisfying(
            PharosException.class,
            e -> assertThat(e.code()).isEqualTo(PharosException.Code.BAD_REQUEST))
        .hasMessageContainingAll(hints);
  }

  private static List<Publication> read(String json) {
    return BatchReader.read(json.getBytes(StandardCharsets.UTF_8), 2);
  }
}
