package io.pharos.sockjs;

import java.io.IOException;
import java.time.Duration;

/** A client's open ear: an exchange, its framing, and how much it takes. One thread at a time. */
final class Receiver {
  private static final Duration BETWEEN_PROBES = Duration.ofMillis(20);

  /** A client that has asked so short a time ago is there. */
  private static final long FRESH = Duration.ofMillis(100).toNanos();

  /** Whether the connection has shown that it is whole. */
  private enum Proof {
    NONE,
    UNDER_WAY,
    GIVEN
  }

  private final Framing framing;
  private final long limit;
  private final Exchange exchange;
  private boolean begun;

  /** Whether the head has gone with a probe: it can prove nothing any more. */
  private volatile boolean probed;

  private Proof proof;
  private long written;

  private Receiver(Framing framing, long limit, Exchange exchange, Proof proof) {
    this.framing = framing;
    this.limit = limit;
    this.exchange = exchange;
    this.proof = proof;
  }

  /** Ends with its first frame, so that no later write would show that the frame was lost. */
  static Receiver poll(Framing framing, Exchange exchange) {
    return new Receiver(framing, 0, exchange, Proof.NONE);
  }

  /**
   * Ends when it has taken that much.
   *
   * @param limit in characters, framing included
   */
  static Receiver stream(Framing framing, long limit, Exchange exchange) {
    return new Receiver(framing, limit, exchange, Proof.GIVEN);
  }

  /** Ends with the session. */
  static Receiver socket(Exchange exchange) {
    return new Receiver(Framing.webSocket(), Long.MAX_VALUE, exchange, Proof.GIVEN);
  }

  /** Whether the prelude is still to be written. */
  boolean isNew() {
    return !begun && !framing.prelude().isEmpty();
  }

  void begin() throws IOException {
    if (isNew()) {
      exchange.write(framing.prelude());
    }
    begun = true;
  }

  /**
   * Whether the connection may have been cut although it would take a frame.
   *
   * @param waited for how long there has been nothing to write, in nanoseconds
   */
  boolean isUnproven(long waited) {
    return proof != Proof.GIVEN && waited >= FRESH;
  }

  /** Whether the proof is yet to begin; it does by this. */
  boolean startProof() {
    boolean starts = proof == Proof.NONE;
    if (starts) {
      proof = Proof.UNDER_WAY;
    }
    return starts;
  }

  /** Writes what nobody sees. A connection that was cut answers it, and fails at the next write. */
  void prove() throws IOException {
    if (probed) {
      write(framing.probe());
    } else {
      exchange.begin();
    }
  }

  /** Waits for that answer to come, if one does. */
  void awaitProof() {
    try {
      Thread.sleep(BETWEEN_PROBES);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  void endProof() {
    proof = Proof.GIVEN;
  }

  /** Whether nothing more fits in after this. */
  boolean isFilledBy(String piece) {
    return written + piece.length() >= limit;
  }

  String encode(Frame frame) {
    return framing.write(frame);
  }

  void write(String piece) throws IOException {
    begin();
    written += piece.length();
    exchange.write(piece);
  }

  /** Writes the last piece. */
  void end(String piece) throws IOException {
    begin();
    exchange.end(piece);
  }

  /** Tells the client why there is nothing for it, and ends. */
  void refuse(CloseStatus why) {
    try {
      end(encode(Frame.close(why)));
    } catch (IOException e) {
      abort();
    }
  }

  /** Whether the connection takes two probes: one that was cut shows at the second write. */
  boolean survivesProbe() {
    probed = true;
    try {
      write(framing.probe());
      awaitProof();
      write(framing.probe());
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  void abort() {
    exchange.abort();
  }
}
