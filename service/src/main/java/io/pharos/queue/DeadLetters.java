package io.pharos.queue;

import io.pharos.message.Destination;
import io.pharos.message.Headers;
import io.pharos.message.Message;
import io.pharos.message.PharosException;
import io.pharos.message.Publication;
import java.util.LinkedHashMap;

/**
 * Where messages go that cannot be done: those of {@code /queue/NAME} to {@code /queue/DLQ.NAME},
 * an ordinary queue but for two things: its own messages never become dead letters, and when it is
 * full, the oldest one gives way.
 */
public final class DeadLetters {
  private static final String QUEUE = "/queue/";
  private static final String PREFIX = QUEUE + "DLQ.";

  /** Why a message became a dead letter. */
  public enum Reason {
    MAX_DELIVERIES("max-deliveries"),
    REJECTED("rejected");

    private final String text;

    Reason(String text) {
      this.text = text;
    }
  }

  private DeadLetters() {}

  /** Whether this is a dead-letter queue itself. */
  public static boolean isFor(Destination queue) {
    return queue.value().startsWith(PREFIX);
  }

  /**
   * The dead-letter queue of a queue.
   *
   * @throws io.pharos.message.PharosException BAD_REQUEST when the name leaves no room for it
   */
  public static Destination of(Destination queue) {
    return Destination.of(PREFIX + queue.value().substring(QUEUE.length()));
  }

  /** The queue that a dead-letter queue belongs to. */
  public static Destination source(Destination deadLetters) {
    if (!isFor(deadLetters)) {
      throw new IllegalArgumentException(deadLetters + " is no dead-letter queue");
    }
    return Destination.of(QUEUE + deadLetters.value().substring(PREFIX.length()));
  }

  /**
   * Refuses what cannot be the name of a queue: anything else, and a name that leaves no room for
   * that of its dead-letter queue.
   */
  public static void checkName(Destination name) {
    if (name.kind() != Destination.Kind.QUEUE) {
      throw PharosException.badRequest("'" + name + "' is no work queue");
    }
    if (isFor(name)) {
      source(name);
    } else {
      of(name);
    }
  }

  /**
   * The message as a dead letter: with its own body and headers, and {@code dead-letter-reason},
   * {@code -queue}, {@code -id} and {@code -deliveries} behind them.
   */
  public static Publication publication(Message message, int deliveries, Reason reason) {
    var headers = new LinkedHashMap<>(message.headers().values());
    headers.put(Headers.DEAD_LETTER + "reason", reason.text);
    headers.put(Headers.DEAD_LETTER + "queue", message.destination().value());
    headers.put(Headers.DEAD_LETTER + "id", message.position().toString());
    headers.put(Headers.DEAD_LETTER + "deliveries", Integer.toString(deliveries));
    return new Publication(
        of(message.destination()),
        message.body(),
        message.contentType(),
        new Headers(headers),
        null);
  }
}
