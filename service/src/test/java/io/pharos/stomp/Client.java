package io.pharos.stomp;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A client at the other end of a transport that never fails. */
final class Client implements StompTransport, FrameHandler {
  final StompSession session;

  /** What was sent: a String or a byte array for each message. */
  final List<Object> messages = new ArrayList<>();

  final Deque<Frame> frames = new ArrayDeque<>();
  int heartBeats;

  /** How often it was asked for a sign of life; below zero for a transport that cannot. */
  int pings = -1;

  /** Runs while the server hands over a frame. */
  Runnable onFrame = () -> {};

  @Nullable CloseCode closed;
  private final FrameDecoder decoder = new FrameDecoder(new StompLimits(100, 10_000, 4 << 20));

  Client(Function<StompTransport, StompSession> server) {
    session = server.apply(this);
  }

  Client send(String text) {
    session.receive(text);
    return this;
  }

  Client send(byte[] bytes) {
    session.receive(ByteBuffer.wrap(bytes));
    return this;
  }

  /** The next frame, which must be of this command. */
  Frame take(Command command) {
    Frame frame = frames.poll();
    assertThat(frame).as("next frame").isNotNull();
    assertThat(frame.command()).as(text(frame)).isEqualTo(command);
    return frame;
  }

  /** The next frame is a MESSAGE with this body. */
  Frame takeMessage(String body) {
    Frame frame = take(Command.MESSAGE);
    assertThat(text(frame)).isEqualTo(body);
    return frame;
  }

  Client takeReceipt(String id) {
    assertThat(take(Command.RECEIPT).header("receipt-id")).isEqualTo(id);
    return this;
  }

  /** The next frame is the last one: an ERROR of this kind, after which the transport closed. */
  Frame takeError(String kind, int closeCode) {
    Frame frame = take(Command.ERROR);
    assertThat(frame.header("pharos-error")).as(text(frame)).isEqualTo(kind);
    assertThat(frames).isEmpty();
    assertThat(closed).isNotNull().extracting(CloseCode::code).isEqualTo(closeCode);
    return frame;
  }

  void assertQuiet() {
    assertThat(frames).isEmpty();
    assertThat(closed).isNull();
  }

  static String text(Frame frame) {
    return new String(frame.body(), StandardCharsets.UTF_8);
  }

  @Override
  public void sendText(String text) {
    assertOpen();
    messages.add(text);
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    decoder.feed(bytes, 0, bytes.length, this);
  }

  @Override
  public void sendBinary(byte[] bytes) {
    assertOpen();
    messages.add(bytes);
    decoder.feed(bytes, 0, bytes.length, this);
  }

  @Override
  public boolean pings() {
    return pings >= 0;
  }

  @Override
  public void ping() {
    assertOpen();
    pings++;
  }

  private void assertOpen() {
    assertThat(closed).as("nothing is sent after the close").isNull();
  }

  @Override
  public void close(CloseCode code) {
    closed = code;
  }

  @Override
  public void frame(Frame frame) {
    frames.add(frame);
    onFrame.run();
    if (frame.command() == Command.CONNECTED) {
      var version = frame.header("version");
      decoder.negotiated(Objects.requireNonNull(Version.negotiate(version)));
    }
  }

  @Override
  public void heartBeat() {
    heartBeats++;
  }
}
