package io.pharos.stomp;

import org.jspecify.annotations.Nullable;

/**
 * A MESSAGE of one version: the part that all receivers share, and the whole frame for those of
 * them whose subscription has the same id. Most clients number their subscriptions, so that is
 * nearly everybody who has but one.
 */
public final class SharedMessage {
  /** Up to how many characters the whole is kept beside the part: it is held as long as history. */
  private static final int MAX_WHOLE = 4096;

  private final StompMessageFormat format;
  private final Payload rest;
  private volatile @Nullable Whole whole;

  private record Whole(String subscriptionId, String text) {}

  SharedMessage(StompMessageFormat format, Payload rest) {
    this.format = format;
    this.rest = rest;
  }

  /** Everything behind the first lines, {@code MESSAGE} and {@code subscription:ID}. */
  Payload rest() {
    return rest;
  }

  /**
   * The frame for a subscription, as one text; null where it has to be put together: when it is
   * binary, long, or kept for another id.
   */
  @Nullable String wholeOrNull(String subscriptionId) {
    Whole made = whole;
    if (made == null) {
      String text = rest.textOrNull();
      if (text == null || text.length() > MAX_WHOLE) {
        return null;
      }
      var frame = new StringBuilder(text.length() + subscriptionId.length() + 32);
      format.begin(frame, subscriptionId);
      made = new Whole(subscriptionId, frame.append(text).toString());
      whole = made;
    }
    return made.subscriptionId.equals(subscriptionId) ? made.text : null;
  }
}
