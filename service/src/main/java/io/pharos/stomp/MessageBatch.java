package io.pharos.stomp;

import io.pharos.session.AcknowledgedDelivery;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Frames that leave together: consecutive text ones as one message, because each message costs as
 * much as many frames; a binary one as a message of its own.
 */
final class MessageBatch {
  private final StompTransport transport;
  private final StringBuilder text;
  private boolean sent;

  /**
   * @param expected about how many characters there will be
   */
  MessageBatch(StompTransport transport, int expected) {
    this.transport = transport;
    this.text = new StringBuilder(expected);
  }

  void add(Payload frame) throws IOException {
    String part = frame.textOrNull();
    if (part == null) {
      sendText();
      sendBinary(frame.bytes());
    } else {
      text.append(part);
    }
  }

  /** Adds a MESSAGE: its beginning for one subscription, and the part that all receivers share. */
  void add(StompMessageFormat format, String subscriptionId, Payload shared) throws IOException {
    makeWayFor(shared);
    format.begin(text, subscriptionId);
    end(shared);
  }

  /** The same for a message that somebody answers for. */
  void add(
      StompMessageFormat format,
      AcknowledgedDelivery delivery,
      @Nullable String ack,
      Payload shared)
      throws IOException {
    makeWayFor(shared);
    format.begin(text, delivery, ack);
    end(shared);
  }

  private void makeWayFor(Payload shared) throws IOException {
    if (shared.textOrNull() == null) {
      sendText();
    }
  }

  private void end(Payload shared) throws IOException {
    String part = shared.textOrNull();
    if (part != null) {
      text.append(part);
      return;
    }
    byte[] begin = text.toString().getBytes(StandardCharsets.UTF_8);
    text.setLength(0);
    byte[] rest = shared.bytes();
    byte[] whole = Arrays.copyOf(begin, begin.length + rest.length);
    System.arraycopy(rest, 0, whole, begin.length, rest.length);
    sendBinary(whole);
  }

  /** Sends what is left, and a heart-beat if nothing was sent at all: a write always is a sign. */
  void finish() throws IOException {
    if (!sent && text.isEmpty()) {
      text.append(LineEnd.TEXT);
    }
    sendText();
  }

  private void sendText() throws IOException {
    if (!text.isEmpty()) {
      sent = true;
      transport.sendText(text.toString());
      text.setLength(0);
    }
  }

  private void sendBinary(byte[] bytes) throws IOException {
    sent = true;
    transport.sendBinary(bytes);
  }
}
