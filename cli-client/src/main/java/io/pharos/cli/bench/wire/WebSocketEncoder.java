package io.pharos.cli.bench.wire;

import java.util.SplittableRandom;

/** Makes a client's frames (RFC 6455, section 5.2), masked as clients must. For one thread. */
final class WebSocketEncoder {
  private static final int TEXT = 1;
  private static final int CLOSE = 8;
  private static final int PONG = 10;

  private final SplittableRandom random = new SplittableRandom();

  /** A text message in one frame. */
  byte[] text(byte[] payload, int length) {
    return frame(TEXT, payload, length);
  }

  byte[] pong(byte[] payload) {
    return frame(PONG, payload, payload.length);
  }

  byte[] close(int code) {
    return frame(CLOSE, new byte[] {(byte) (code >> 8), (byte) code}, 2);
  }

  private byte[] frame(int opcode, byte[] payload, int length) {
    int extended = length < 126 ? 0 : length < 1 << 16 ? 2 : 8;
    byte[] frame = new byte[2 + extended + 4 + length];
    frame[0] = (byte) (0x80 | opcode);
    frame[1] = (byte) (0x80 | (extended == 0 ? length : extended == 2 ? 126 : 127));
    for (int i = 0; i < extended; i++) {
      frame[2 + i] = (byte) ((long) length >> 8 * (extended - 1 - i));
    }
    int key = random.nextInt();
    int start = 2 + extended;
    for (int i = 0; i < 4; i++) {
      frame[start + i] = (byte) (key >> 8 * i);
    }
    for (int i = 0; i < length; i++) {
      frame[start + 4 + i] = (byte) (payload[i] ^ frame[start + (i & 3)]);
    }
    return frame;
  }
}
