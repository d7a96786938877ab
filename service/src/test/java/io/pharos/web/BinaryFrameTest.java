package io.pharos.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class BinaryFrameTest {

  @Test
  void whatIsNoTextIsReplacedAndTheLengthFits() {
    assertThat(text("MESSAGE\ncontent-length:3\nid:1\n\na\u00ffb\0"))
        .isEqualTo("MESSAGE\ncontent-length:5\nid:1\n\na\ufffdb\0");
  }

  @Test
  void aFrameWithoutALengthGetsNone() {
    assertThat(text("MESSAGE\n\n\u00ff\0")).isEqualTo("MESSAGE\n\n\ufffd\0");
  }

  private static String text(String latin1) {
    return new BinaryFrame(latin1.getBytes(StandardCharsets.ISO_8859_1)).asText();
  }
}
