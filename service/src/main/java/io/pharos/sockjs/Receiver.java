package io.pharos.sockjs;

import java.io.IOException;
import java.time.Duration;

/** A client's open ear: an exchange, its framing, and how much it takes. One thread at a time. */
final class Receiver {
  private static final Duration BETWEEN_PROBES = Duration.ofMillis(20);

  private final Framing framing;
  private final long limit;
  private final Exchange exchange;
  private boolean begun;
  private long written;

  private Receiver(Framing framing, long limit, Exchange exchange) {
    this.framing = framing;
    this.limit = limit;
    this.exchange = exchange;
  }

  /** Ends with its first frame. */
  static Receiver poll(Framing framing, Exchange exchange) {
    return new Receiver(framing, 0, exchange);
  }

  /**
   * Ends when it has taken that much.
   *
   * @param limit in characters, framing included
   */
  static Receiver stream(Framing framing, long limit, Exchange exchange) {
    return new Receiver(framing, limit, exchange);
  }

  /** Ends with the session. */
  static Receiver socket(Exchange exchange) {
    return new Receiver(Framing.webSocket(), Long.MAX_VALUE, exchange);
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
    try {
      write(framing.probe());
      Thread.sleep(BETWEEN_PROBES);
      write(framing.probe());
      return true;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }

  void abort() {
    exchange.abort();
  }
}
