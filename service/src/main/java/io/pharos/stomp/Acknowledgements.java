package io.pharos.stomp;

import io.pharos.session.AcknowledgedDelivery;
import io.pharos.session.Gap;
import io.pharos.session.Subscription;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * A session's subscriptions whose messages the client acknowledges. Shared by the thread that reads
 * and the one that writes.
 */
final class Acknowledgements {
  /** In the order of subscribing: version 1.0 names no subscription, and the oldest one counts. */
  private final Map<Integer, Unacknowledged> byNumber = new ConcurrentHashMap<>();

  private final Map<Subscription, Unacknowledged> bySubscription = new ConcurrentHashMap<>();
  private int numbers;

  /** From now on, the client answers for this subscription's messages. */
  void expect(Subscription subscription, AckMode mode) {
    int number = ++numbers;
    var unacknowledged = new Unacknowledged(number, mode);
    byNumber.put(number, unacknowledged);
    bySubscription.put(subscription, unacknowledged);
  }

  void forget(Subscription subscription) {
    Unacknowledged forgotten = bySubscription.remove(subscription);
    byNumber.values().remove(forgotten);
  }

  /** Notes a message that is being written; null when the client need not answer for it. */
  @Nullable String add(AcknowledgedDelivery delivery) {
    Unacknowledged waiting = bySubscription.get(delivery.subscription());
    return waiting == null ? null : waiting.add(delivery);
  }

  /** The same for the announcement of a gap. */
  @Nullable String add(Gap gap) {
    Unacknowledged waiting = bySubscription.get(gap.subscription());
    return waiting == null ? null : waiting.addGap(gap.position().toString());
  }

  /** The subscription with this number, of those that wait for answers. */
  @Nullable Unacknowledged get(int number) {
    return byNumber.get(number);
  }

  @Nullable Unacknowledged get(Subscription subscription) {
    return bySubscription.get(subscription);
  }

  /** All that wait for answers, the oldest first. */
  Iterable<Unacknowledged> all() {
    return byNumber.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .map(Map.Entry::getValue)
        .toList();
  }
}
