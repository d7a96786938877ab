package io.pharos.web;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
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
  void bytesThatAreNotUtf8AreRefusedAtTheirPlace() {
    byte[] latin = "[{\"destination\":\"/topic/a\",\"body\":\"hé\"}]".getBytes(ISO_8859_1);
    assertRefused(latin, "not UTF-8 at byte 36");
    assertRefused("[]".getBytes(StandardCharsets.UTF_16), "not UTF-8 at byte 0");
    assertRefused("[]".getBytes(StandardCharsets.UTF_16BE), "not valid JSON");
    assertRefused("[]".getBytes(StandardCharsets.UTF_16LE), "not valid JSON");
    assertRefused(new byte[] {'[', ']', (byte) 0xc3}, "not UTF-8 at byte 2");
  }

  @Test
  void aByteOrderMarkIsRefused() {
    assertRefused("\ufeff[]".getBytes(StandardCharsets.UTF_8), "byte order mark");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "\"body\":\"a\\ud800\"; member 'body'",
        "\"body\":\"\\udc00\\ud800\"; member 'body'",
        "\"body\":\"\\ud800\\ud800\\udc00\"; member 'body'",
        "\"body\":[{\"a\":\"\\udfff\"}]; member 'body'",
        "\"body\":{\"\\ud800\":1}; member 'body'",
        "\"bodyBase64\":\"\\ud800\"; member 'bodyBase64'",
        "\"contentType\":\"\\ud800\"; member 'contentType'",
        "\"idempotencyKey\":\"\\ud800\"; member 'idempotencyKey'",
        "\"destination\":\"/topic/\\ud800\"; member 'destination'",
        "\"headers\":{\"a\":\"\\ud800\"}; header 'a'",
        "\"headers\":{\"\\ud800\":\"a\"}; name of a header",
      })
  void halfOfASurrogatePairIsRefusedAtItsPlace(String member, String place) {
    String json = "[{\"destination\":\"/topic/a\"},{\"destination\":\"/topic/b\"," + member + "}]";
    assertRefused(
        json.getBytes(StandardCharsets.UTF_8),
        "message 1 of the batch: the " + place + " holds half of a surrogate pair");
  }

  @Test
  void aWholePairIsOneCharacter() {
    Publication read =
        read("[{\"destination\":\"/topic/a\",\"body\":\"\\ud83d\\ude00\",\"headers\":{\"k\":\"😀\"}}]")
            .getFirst();
    assertThat(read.body().textOrNull()).isEqualTo("😀");
    assertThat(read.headers().values()).containsEntry("k", "😀");
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
