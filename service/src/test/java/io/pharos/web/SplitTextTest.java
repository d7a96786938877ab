package io.pharos.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.pharos.stomp.FrameDecoder;
import io.pharos.stomp.StompLimits;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SplitTextTest {
  private final SplitText text = new SplitText();

  @Test
  void aPairThatIsCutIsOneCharacter() {
    assertThat(utf8("a\ud83d", "\ude00b", "c")).isEqualTo("a\ud83d\ude00bc");
  }

  @Test
  void theFirstHalfWaitsForItsSecondOne() {
    assertThat(utf8("a\ud83d")).isEqualTo("a");
    assertThat(utf8("")).isEmpty();
    assertThat(utf8("\ude00")).isEqualTo("\ud83d\ude00");
  }

  /** A content-length that was counted in JavaScript has three bytes for it. */
  @Test
  void aHalfAloneIsOneReplacement() {
    assertThat(utf8("a\ud83db")).isEqualTo("a\ufffdb");
    assertThat(utf8("a\ud83d", "b")).isEqualTo("a\ufffdb");
    assertThat(utf8("\ud83d", "\ud83d\ude00")).isEqualTo("\ufffd\ud83d\ude00");
    assertThat(utf8("\ude00", "\ude00\ud83d\u0000")).isEqualTo("\ufffd\ufffd\ufffd\0");
  }

  @Test
  void aFrameEndsWhereverItsClientHasSplitIt() {
    String body = "\ud83d\ude00".repeat(500);
    String frame = "SEND\ndestination:/topic/t\ncontent-length:2000\n\n" + body + "\0";
    for (int size : new int[] {1, 2, 3, 255, 256}) {
      List<String> bodies = new ArrayList<>();
      var decoder = new FrameDecoder(new StompLimits(10, 100, 2000));
      for (int i = 0; i < frame.length(); i += size) {
        decoder.feed(
            text.utf8(frame.substring(i, Math.min(i + size, frame.length()))),
            read -> bodies.add(new String(read.body(), StandardCharsets.UTF_8)));
      }
      assertThat(bodies).as("split by " + size).containsExactly(body);
    }
  }

  private String utf8(String... messages) {
    var all = new StringBuilder();
    for (String message : messages) {
      all.append(StandardCharsets.UTF_8.decode(text.utf8(message)));
    }
    return all.toString();
  }
}
