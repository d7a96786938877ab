package io.pharos.stomp;

import java.lang.ref.WeakReference;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A MESSAGE of one version: the part that all receivers share, and the whole frame for those of
 * them whose subscription has the same id. Most clients number their subscriptions, so that is
 * nearly everybody who has but one.
 */
public final class SharedMessage {
  /** Up to how many characters the whole is kept beside the part. */
  private static final int MAX_WHOLE = 4096;

  /** Up to how many characters the text of several messages is kept with the first of them. */
  private static final int MAX_RUN = 16_384;

  private final StompMessageFormat format;
  private final Payload rest;
  private volatile @Nullable Whole whole;

  /** Wanted again within milliseconds or never, and larger than the message. */
  private volatile @Nullable WeakReference<Run> run;

  /**
   * @param text null until a second receiver calls its subscription the same as the first: with ids
   *     that nobody shares, it would be kept for nothing
   */
  private record Whole(String subscriptionId, @Nullable String text) {}

  /**
   * Frames that left together.
   *
   * @param frames the first of them is of this message
   */
  private record Run(List<String> frames, String text) {

    /** Whether they are the very same texts: these are shared, so others need no comparison. */
    boolean isOf(List<String> others) {
      if (frames.size() != others.size()) {
        return false;
      }
      for (int i = 0; i < frames.size(); i++) {
        if (!isSame(frames.get(i), others.get(i))) {
          return false;
        }
      }
      return true;
    }

    @SuppressWarnings("ReferenceEquality")
    private static boolean isSame(String one, String other) {
      return one == other;
    }
  }

  SharedMessage(StompMessageFormat format, Payload rest) {
    this.format = format;
    this.rest = rest;
  }

  /** Everything behind the first lines, {@code MESSAGE} and {@code subscription:ID}. */
  Payload rest() {
    return rest;
  }

  /**
   * The frame for a subscription, as one text; null where it has to be put together: for the first
   * receiver, and when it is binary, long, or kept for another id.
   */
  @Nullable String wholeOrNull(String subscriptionId) {
    Whole known = whole;
    if (known == null) {
      String text = rest.textOrNull();
      if (text != null && text.length() <= MAX_WHOLE) {
        whole = new Whole(subscriptionId, null);
      }
      return null;
    }
    if (!known.subscriptionId.equals(subscriptionId)) {
      return null;
    }
    if (known.text == null) {
      known = new Whole(subscriptionId, put(subscriptionId));
      whole = known;
    }
    return known.text;
  }

  /**
   * The text of frames that leave together: one text for all receivers for whom the same ones do,
   * as do most of a burst.
   *
   * @param frames from {@link #wholeOrNull}, the first of them from this message's
   */
  String joined(List<String> frames) {
    WeakReference<Run> last = run;
    Run known = last == null ? null : last.get();
    if (known != null && known.isOf(frames)) {
      return known.text;
    }
    String text = String.join("", frames);
    if (text.length() <= MAX_RUN) {
      run = new WeakReference<>(new Run(frames, text));
    }
    return text;
  }

  private String put(String subscriptionId) {
    String text = String.valueOf(rest.textOrNull());
    var frame = new StringBuilder(text.length() + subscriptionId.length() + 32);
    format.begin(frame, subscriptionId);
    return frame.append(text).toString();
  }
}
