package io.pharos.stomp;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A decoder and what it has read so far. */
final class Reading implements FrameHandler {
  final FrameDecoder decoder;
  final List<Frame> frames = new ArrayList<>();
  int heartBeats;

  Reading(StompLimits limits) {
    decoder = new FrameDecoder(limits);
  }

  /** A stream of this version, behind its CONNECT frame. */
  static Reading of(Version version) {
    var reading = new Reading(StompLimits.DEFAULT);
    reading.decoder.negotiated(version);
    return reading;
  }

  /** A stream at its start. */
  static Reading connecting() {
    return new Reading(StompLimits.DEFAULT);
  }

  Reading feed(String text) {
    return feed(text.getBytes(StandardCharsets.UTF_8));
  }

  Reading feed(byte[] bytes) {
    decoder.feed(bytes, 0, bytes.length, this);
    return this;
  }

  /** Feeds one byte after another, each in an array that is overwritten afterwards. */
  Reading feedByteByByte(String text) {
    byte[] one = new byte[1];
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      one[0] = b;
      decoder.feed(one, 0, 1, this);
      one[0] = '!';
    }
    return this;
  }

  /** The only frame there is. */
  Frame frame() {
    if (frames.size() != 1) {
      throw new AssertionError("expected one frame, read " + frames);
    }
    return frames.getFirst();
  }

  String body() {
    return new String(frame().body(), StandardCharsets.UTF_8);
  }

  @Override
  public void frame(Frame frame) {
    frames.add(frame);
  }

  @Override
  public void heartBeat() {
    heartBeats++;
  }
}
