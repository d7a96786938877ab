package io.pharos.cli.sockjs;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class MessageArrayTest {
  @Test
  void escapesWhatJsonDoesNotAllow() {
    assertThat(MessageArray.of("CONNECT\nh:\"é\\\"\n\n\0"))
        .isEqualTo("[\"CONNECT\\nh:\\\"é\\\\\\\"\\n\\n\\u0000\"]");
  }

  @Property
  void isReadAsTheSameMessage(@ForAll String message) {
    try (var reader = Json.createReader(new StringReader(MessageArray.of(message)))) {
      assertThat(reader.readArray().getString(0)).isEqualTo(message);
    }
  }

  @Test
  void bytesAreUtf8() {
    assertThat(MessageArray.bytes("é😀")).isEqualTo("[\"é😀\"]".getBytes(StandardCharsets.UTF_8));
  }
}
