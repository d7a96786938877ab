package io.pharos.cli.sockjs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FrameDecoderTest {

  @Test
  void readsEveryKindOfFrame() {
    assertThat(heard("h".repeat(2048) + "\no\nh\na[\"one\",\"two\"]\nh\nc[3000,\"Go away!\"]\n"))
        .containsExactly("opened", "onetwo", "closed 3000 Go away!");
  }

  @Test
  void textIsToldBeforeTheFrameThatFollows() {
    assertThat(heard("a[\"x\"]\no\na[\"y\"]\nc[1000,\"\"]\n"))
        .containsExactly("x", "opened", "y", "closed 1000 ");
  }

  @Test
  void emptyArraysMessagesAndLinesSayNothing() {
    assertThat(heard("a[]\n\na[\"\"]\r\n")).isEmpty();
  }

  @Test
  void textIsToldBeforeItsFrameIsComplete() {
    assertThat(heard("o\na[\"half")).containsExactly("opened", "half");
  }

  @Test
  void readsEveryEscape() {
    assertThat(heard("a[\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u0000\\u00e9\\u20AC\\uffff\"]\n"))
        .containsExactly("\"\\/\b\f\n\r\t\0é€\uffff");
  }

  @Test
  void joinsSurrogatePairsAndReplacesHalves() {
    assertThat(heard("a[\"\\ud83d\\ude00\"]\n")).containsExactly("😀");
    assertThat(heard("a[\"\\ud83dx\\ude00\\ud83d\\ud83d\\ude00\\ud83d\\n\\ud83d\",\"\\ude00\"]\n"))
        .containsExactly("\ufffdx\ufffd\ufffd😀\ufffd\n\ufffd\ufffd");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "x\n",
        "oo\n",
        "hx\n",
        "a\n",
        "a[\n",
        "a[\"x\"\n",
        "a[\"x\",]\n",
        "a[\"x\"]x\n",
        "a[1]\n",
        "a[\"\n",
        "a[\"\t\"]\n",
        "a[\"\\x\"]\n",
        "a[\"\\u00g0\"]\n",
        "c\n",
        "c[]\n",
        "c[1]\n",
        "c[\"1\",\"x\"]\n",
        "c[1.5,\"x\"]\n",
        "c{}\n",
        "<html>\n"
      })
  void refusesEverythingElse(String wire) {
    assertThatThrownBy(() -> heard(wire))
        .isInstanceOf(MalformedFrameException.class)
        .hasMessageContaining("the server sent");
  }

  @ParameterizedTest
  @CsvSource({"h, 65536", "c, 4097"})
  void keepsNoMoreThanItsLimits(String kind, int length) {
    String longest = kind + kind.repeat(length - 1);

    assertThat(heard(longest)).isEmpty();
    assertThatThrownBy(() -> heard(longest + kind))
        .isInstanceOf(MalformedFrameException.class)
        .hasMessageContaining("over " + (kind.equals("h") ? length : length - 1) + " bytes");
  }

  @Test
  void aMessageMayBeOfAnyLength() {
    assertThat(heard("a[\"" + "m".repeat(3_000_000) + "\"]\n"))
        .containsExactly("m".repeat(3_000_000));
  }

  @Property
  void readsTheSameWhereverTheBytesAreCut(
      @ForAll("messages") List<String> messages, @ForAll long seed) {
    var random = new Random(seed);
    var wire = new StringBuilder("o\n");
    for (String message : messages) {
      wire.append(random.nextBoolean() ? "h\n" : "");
      wire.append("a[").append(random.nextBoolean() ? json(message) : escaped(message));
      wire.append("]\n");
    }
    byte[] bytes = (wire + "c[1000,\"é\"]\n").getBytes(StandardCharsets.UTF_8);
    String text =
        new String(
            String.join("", messages).getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);

    List<String> expected = new ArrayList<>(List.of("opened", text, "closed 1000 é"));
    expected.remove("");
    assertThat(heardInPieces(bytes, random)).isEqualTo(expected);
  }

  @Provide
  Arbitrary<List<String>> messages() {
    Arbitrary<String> characters =
        Arbitraries.of("\"", "\\", "/", "u", "a", "é", "€", "\0", "\n", "\t", "😀", "\u2028");
    Arbitrary<String> odd = characters.list().ofMaxSize(20).map(parts -> String.join("", parts));
    return Arbitraries.oneOf(odd, Arbitraries.strings().all().filter(FrameDecoderTest::isWhole))
        .list()
        .ofMaxSize(8);
  }

  /** UTF-8 has no place for half of a surrogate pair. */
  private static boolean isWhole(String text) {
    return StandardCharsets.UTF_8.newEncoder().canEncode(text);
  }

  private static String json(String message) {
    return Json.createValue(message).toString();
  }

  private static String escaped(String message) {
    var json = new StringBuilder("\"");
    message.chars().forEach(unit -> json.append(String.format("\\u%04x", unit)));
    return json.append('"').toString();
  }

  private static List<String> heard(String wire) {
    return heardInPieces(wire.getBytes(StandardCharsets.UTF_8), new Random(1));
  }

  /** In pieces of random lengths, each in a buffer that is spoiled afterwards. */
  private static List<String> heardInPieces(byte[] bytes, Random random) {
    var listener = new RecordingListener();
    var decoder = new FrameDecoder(listener, new Scratch());
    int longest = 1 + random.nextInt(bytes.length > 1000 ? 5000 : 9);
    for (int at = 0; at < bytes.length; ) {
      int length = Math.min(bytes.length - at, 1 + random.nextInt(longest));
      byte[] buffer = new byte[length + 10];
      System.arraycopy(bytes, at, buffer, 7, length);
      decoder.feed(buffer, 7, length);
      Arrays.fill(buffer, (byte) '#');
      at += length;
    }
    return listener.heard();
  }
}
