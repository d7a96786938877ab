package io.pharos.stomp;

/** Takes what a {@link FrameDecoder} reads, in the order of the stream. */
@FunctionalInterface
public interface FrameHandler {
  void frame(Frame frame);

  /** A line end between frames: a heart-beat, or padding. Needs no answer. */
  default void heartBeat() {}
}
