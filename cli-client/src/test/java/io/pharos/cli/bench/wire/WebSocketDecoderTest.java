package io.pharos.cli.bench.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebSocketDecoderTest {
  private final Recorder recorder = new Recorder();
  private final WebSocketDecoder decoder = new WebSocketDecoder(recorder);

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void readsFramesOfAllLengthsAndKinds(long seed) {
    var wire = new ByteArrayOutputStream();
    wire.writeBytes(frame(0x81, "short"));
    wire.writeBytes(frame(0x01, "frag"));
    wire.writeBytes(frame(0x89, "are you there"));
    wire.writeBytes(frame(0x80, "mented"));
    wire.writeBytes(frame(0x81, "m".repeat(126)));
    wire.writeBytes(frame(0x8a, ""));
    wire.writeBytes(frame(0x82, "l".repeat(70_000)));
    wire.writeBytes(frame(0x81, ""));
    wire.writeBytes(frame(0x88, "\u0003\u00f5come back"));

    Pieces.feed(wire.toByteArray(), seed, decoder::feed);

    assertThat(recorder.heard)
        .containsExactly(
            "short",
            "ping are you there",
            "fragmented",
            "m".repeat(126),
            "l".repeat(70_000),
            "",
            "close 1013 come back");
  }

  @ParameterizedTest
  @ValueSource(ints = {0xc1, 0x83, 0x8b})
  void refusesReservedBitsAndKinds(int first) {
    byte[] frame = frame(first, "x");

    assertThatThrownBy(() -> decoder.feed(frame, 0, frame.length))
        .isInstanceOf(WireException.class);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 125, 126, 65_535, 65_536})
  void theClientsOwnFramesAreMaskedAndWhole(int length) {
    byte[] payload = "é".repeat(length).substring(0, length).getBytes(StandardCharsets.ISO_8859_1);

    byte[] frame = new WebSocketEncoder().text(payload, length);

    int extended = length < 126 ? 0 : length < 65_536 ? 2 : 8;
    assertThat(frame).hasSize(2 + extended + 4 + length);
    assertThat(frame[0] & 0xff).isEqualTo(0x81);
    assertThat(frame[1] & 0x80).as("mask bit").isEqualTo(0x80);
    byte[] unmasked = new byte[length];
    for (int i = 0; i < length; i++) {
      unmasked[i] = (byte) (frame[6 + extended + i] ^ frame[2 + extended + i % 4]);
    }
    assertThat(unmasked).isEqualTo(payload);
  }

  private static byte[] frame(int first, String text) {
    byte[] payload = text.getBytes(StandardCharsets.ISO_8859_1);
    var out = new ByteArrayOutputStream();
    out.write(first);
    if (payload.length < 126) {
      out.write(payload.length);
    } else if (payload.length < 65_536) {
      out.writeBytes(new byte[] {126, (byte) (payload.length >> 8), (byte) payload.length});
    } else {
      out.writeBytes(new byte[] {127, 0, 0, 0, 0});
      for (int shift = 24; shift >= 0; shift -= 8) {
        out.write(payload.length >> shift);
      }
    }
    out.writeBytes(payload);
    return out.toByteArray();
  }

  private static final class Recorder implements WebSocketListener {
    final List<String> heard = new ArrayList<>();
    private final StringBuilder message = new StringBuilder();

    @Override
    public void data(byte[] bytes, int offset, int length) {
      message.append(new String(bytes, offset, length, StandardCharsets.ISO_8859_1));
    }

    @Override
    public void messageEnd() {
      heard.add(message.toString());
      message.setLength(0);
    }

    @Override
    public void ping(byte[] payload) {
      heard.add("ping " + new String(payload, StandardCharsets.ISO_8859_1));
    }

    @Override
    public void close(int code, String reason) {
      heard.add("close " + code + " " + reason);
    }
  }
}
