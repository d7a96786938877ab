package io.pharos.stomp;

import io.pharos.message.DestinationPattern;
import io.pharos.message.Position;
import io.pharos.session.Subscription;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** How far a client's subscriptions have come: what it can resume from when its session ends. */
final class Progress {
  /** Those that something was written for. */
  private final List<Subscription> begun = new CopyOnWriteArrayList<>();

  /**
   * The message at this position, or the gap up to it, is written for this subscription. For the
   * session's one writer.
   */
  void reached(Subscription subscription, Position position) {
    if (subscription.reached(position) == null && isResumable(subscription.pattern())) {
      begun.removeIf(other -> !other.isOpen());
      begun.add(subscription);
    }
  }

  /**
   * Subscriptions that are open, and can be resumed by one position. Not those to a pattern, whose
   * destinations have a position each, nor what has no history to resume in: work queues and
   * handlers' answers.
   */
  List<Subscription> resumable() {
    return begun.stream().filter(Subscription::isOpen).toList();
  }

  private static boolean isResumable(DestinationPattern pattern) {
    return pattern.isLiteral()
        && (pattern.value().startsWith("/topic/") || pattern.value().startsWith("/user/"));
  }
}
