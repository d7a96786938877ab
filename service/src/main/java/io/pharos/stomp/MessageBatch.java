package io.pharos.stomp;

import io.pharos.session.AcknowledgedDelivery;
import io.pharos.session.Outgoing;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Frames that leave together: consecutive text ones as one message, because each message costs as
 * much as many frames; a binary one as a message of its own.
 */
final class MessageBatch {
  private final StompTransport transport;
  private final List<Outgoing> batch;

  /** The only text so far, or the first of a run. Most leave alone, and as they are. */
  private @Nullable String only;

  /** The message that {@link #only} is the frame of, if it is one that receivers share. */
  private @Nullable SharedMessage first;

  /** All frames so far, if there are several and receivers share each of them. */
  private @Nullable List<String> run;

  /** All texts so far, if there are several others. */
  private @Nullable StringBuilder text;

  private boolean sent;

  /**
   * @param batch what the frames are made of: says about how many characters there will be
   */
  MessageBatch(StompTransport transport, List<Outgoing> batch) {
    this.transport = transport;
    this.batch = batch;
  }

  void add(Payload frame) throws IOException {
    String part = frame.textOrNull();
    if (part == null) {
      sendText();
      sendBinary(frame.bytes());
    } else {
      add(part);
    }
  }

  private void add(String part) {
    if (isEmpty()) {
      only = part;
    } else {
      builder().append(part);
    }
  }

  private boolean isEmpty() {
    return only == null && (text == null || text.isEmpty());
  }

  /** Adds a frame that receivers share. */
  private void add(SharedMessage message, String whole) {
    if (isEmpty()) {
      only = whole;
      first = message;
    } else if (only == null || first == null) {
      builder().append(whole);
    } else {
      if (run == null) {
        run = new ArrayList<>(batch.size());
        run.add(only);
      }
      run.add(whole);
    }
  }

  /** What is put together; it begins with what there was until now. */
  private StringBuilder builder() {
    if (text == null) {
      text = new StringBuilder(weight());
    }
    if (run != null) {
      run.forEach(text::append);
    } else if (only != null) {
      text.append(only);
    }
    clear();
    return text;
  }

  private void clear() {
    only = null;
    first = null;
    run = null;
  }

  private int weight() {
    int weight = 0;
    for (Outgoing item : batch) {
      weight += item.weight();
    }
    return weight;
  }

  /** Adds a MESSAGE for one subscription. */
  void add(StompMessageFormat format, String subscriptionId, SharedMessage message)
      throws IOException {
    String whole = message.wholeOrNull(subscriptionId);
    if (whole != null) {
      add(message, whole);
      return;
    }
    makeWayFor(message.rest());
    format.begin(builder(), subscriptionId);
    end(message.rest());
  }

  /** The same for a message that somebody answers for. */
  void add(
      StompMessageFormat format,
      AcknowledgedDelivery delivery,
      @Nullable String ack,
      SharedMessage message)
      throws IOException {
    makeWayFor(message.rest());
    format.begin(builder(), delivery, ack);
    end(message.rest());
  }

  private void makeWayFor(Payload shared) throws IOException {
    if (shared.textOrNull() == null) {
      sendText();
    }
  }

  /** Adds the shared part behind the beginning of a frame. */
  private void end(Payload shared) throws IOException {
    String part = shared.textOrNull();
    StringBuilder begun = builder();
    if (part != null) {
      begun.append(part);
      return;
    }
    byte[] begin = begun.toString().getBytes(StandardCharsets.UTF_8);
    begun.setLength(0);
    byte[] rest = shared.bytes();
    byte[] whole = Arrays.copyOf(begin, begin.length + rest.length);
    System.arraycopy(rest, 0, whole, begin.length, rest.length);
    sendBinary(whole);
  }

  /** Asks for a sign of life, which takes a heart-beat's place. */
  void ping() throws IOException {
    sent = true;
    transport.ping();
  }

  /** Sends what is left, and a heart-beat if nothing was sent at all: a write always is a sign. */
  void finish() throws IOException {
    sendText();
    if (!sent) {
      transport.sendText(LineEnd.TEXT);
    }
  }

  private void sendText() throws IOException {
    if (only != null) {
      sent = true;
      String all = first == null || run == null ? only : first.joined(run);
      clear();
      transport.sendText(all);
    } else if (text != null && !text.isEmpty()) {
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
