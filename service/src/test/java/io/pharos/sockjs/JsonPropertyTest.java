package io.pharos.sockjs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Strings go both ways unharmed, whatever is in them. */
class JsonPropertyTest {

  @Provide
  Arbitrary<List<String>> messages() {
    return Arbitraries.strings().withCharRange('\0', '\uffff').ofMaxLength(40).list().ofMaxSize(20);
  }

  @Property
  void whatIsEncodedIsDecodedTheSame(@ForAll("messages") List<String> messages) throws Exception {
    String frame = Frame.messages(messages).text();
    assertThat(ClientMessages.array(frame.substring(1))).isEqualTo(messages);
  }

  @Property
  void aFrameSurvivesUtf8(@ForAll("messages") List<String> messages) {
    String frame = Frame.messages(messages).text();
    byte[] bytes = frame.getBytes(StandardCharsets.UTF_8);
    assertThat(new String(bytes, StandardCharsets.UTF_8)).isEqualTo(frame);
  }

  @Property
  void aClientMayEscapeAnyCharacter(@ForAll("messages") List<String> messages) throws Exception {
    String json =
        messages.stream()
            .map(
                text ->
                    text.chars()
                        .mapToObj("\\u%04X"::formatted)
                        .collect(Collectors.joining("", "\"", "\"")))
            .collect(Collectors.joining(" , ", "\n[", "] "));
    assertThat(ClientMessages.array(json)).isEqualTo(messages);
  }

  @Property
  void anythingElseIsRefusedAndNothingElseHappens(@ForAll("nearlyJson") String text) {
    try {
      List<String> messages = ClientMessages.arrayOrString(text);
      assertThat(messages).doesNotContainNull();
    } catch (BrokenJsonException e) {
      assertThat(e).hasMessageContaining("no JSON array of strings");
    }
  }

  @Provide
  Arbitrary<String> nearlyJson() {
    return Arbitraries.strings().withChars("[]\",\\u0aFn \t\0x").ofMaxLength(30);
  }

  @Test
  @Tag("sockjs-15")
  void exactlyWhatGetsHarmedOnTheWayIsEscaped() {
    String expected =
        IntStream.rangeClosed(0, 0xffff)
            .mapToObj(c -> expected((char) c))
            .collect(Collectors.joining());
    String all =
        IntStream.rangeClosed(0, 0xffff)
            // No high half stands before a low one but the last and the first.
            .mapToObj(c -> String.valueOf((char) c))
            .map(c -> new JsonText("").string(c).toString())
            .map(json -> json.substring(1, json.length() - 1))
            .collect(Collectors.joining());
    assertThat(all.equals(expected)).isTrue();
  }

  private static String expected(char c) {
    return switch (c) {
      case '"' -> "\\\"";
      case '\\' -> "\\\\";
      case '\n' -> "\\n";
      case '\r' -> "\\r";
      case '\t' -> "\\t";
      case '\b' -> "\\b";
      case '\f' -> "\\f";
      default ->
          String.valueOf(c)
                  .matches(
                      "[\\x00-\\x1f\\u200c-\\u200f\\u2028-\\u202f\\u2060-\\u206f\\ufff0-\\uffff"
                          + "\\ud800-\\udfff]")
              ? "\\u%04x".formatted((int) c)
              : String.valueOf(c);
    };
  }

  @Test
  @Tag("sockjs-15")
  void pairsOfSurrogatesStayAndHalvesAreEscaped() {
    assertThat(new JsonText("").string("🎈 \ud83c! \udf88").toString())
        .isEqualTo("\"🎈 \\ud83c! \\udf88\"");
  }

  @Test
  @Tag("sockjs-16")
  void everyCharacterCanComeAsAnEscape() throws Exception {
    String json =
        IntStream.rangeClosed(0, 0xffff)
            .mapToObj("\\u%04x"::formatted)
            .collect(Collectors.joining("", "[\"", "\"]"));
    String text = ClientMessages.array(json).getFirst();
    assertThat(text).hasSize(0x10000);
    assertThat(IntStream.rangeClosed(0, 0xffff).allMatch(c -> text.charAt(c) == c)).isTrue();
  }

  @Test
  @Tag("sockjs-16")
  void anArrayIsBounded() throws Exception {
    String most = "[" + "\"\",".repeat(ClientMessages.MOST - 1) + "\"\"]";
    assertThat(ClientMessages.array(most)).hasSize(ClientMessages.MOST);
    assertThatThrownBy(() -> ClientMessages.array(most.replace("]", ",\"\"]")))
        .isInstanceOf(BrokenJsonException.class);
  }
}
