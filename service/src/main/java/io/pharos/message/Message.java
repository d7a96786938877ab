package io.pharos.message;

import java.time.Instant;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * A publication after the broker stamped it: stored, ordered, and the same object for all of a
 * node's receivers, so that what is made of it once, {@link WireFormat}, serves them all.
 */
public final class Message {
  private final Position position;
  private final Instant timestamp;
  private final Publication publication;
  private final int weight;
  private volatile @Nullable AtomicReferenceArray<@Nullable Object> forms;

  public Message(Position position, Instant timestamp, Publication publication) {
    this.position = position;
    this.timestamp = timestamp;
    this.publication = publication;
    this.weight = weight(publication);
  }

  public Position position() {
    return position;
  }

  /** When the broker stored it, by the broker's clock. */
  public Instant timestamp() {
    return timestamp;
  }

  public Destination destination() {
    return publication.destination();
  }

  public Body body() {
    return publication.body();
  }

  public @Nullable String contentType() {
    return publication.contentType();
  }

  public Headers headers() {
    return publication.headers();
  }

  /** Roughly what the message holds in memory, in bytes: the measure of every bound. */
  public int weight() {
    return weight;
  }

  private static int weight(Publication publication) {
    int headers = 0;
    for (var header : publication.headers().values().entrySet()) {
      headers += header.getKey().length() + header.getValue().length();
    }
    return 200 + publication.destination().value().length() + headers + publication.body().length();
  }

  /**
   * This message in a protocol's form, made on first use. Two threads may make it at once; both
   * forms are equal.
   */
  public <T> T as(WireFormat<T> format) {
    var made = forms;
    if (made == null) {
      made = new AtomicReferenceArray<>(WireFormat.MAX_FORMATS);
      forms = made;
    }
    Object form = made.get(format.slot());
    if (form == null) {
      form = format.encode(this);
      made.set(format.slot(), form);
    }
    return format.cast(form);
  }

  /**
   * Lets go of the protocols' forms, which are more than the message itself: whoever wants one from
   * now on has it made again.
   */
  public void forgetForms() {
    forms = null;
  }

  @Override
  public String toString() {
    return destination() + "@" + position;
  }
}
