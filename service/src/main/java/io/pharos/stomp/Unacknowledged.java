package io.pharos.stomp;

import io.pharos.message.Outcome;
import io.pharos.session.AcknowledgedDelivery;
import io.pharos.session.Acknowledger;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * What was written for one subscription and not acknowledged, in the order of writing. The writer
 * adds, the reader takes away.
 */
final class Unacknowledged {
  private record Written(Acknowledger acknowledger, long tag) {}

  private final int number;
  private final AckMode mode;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<String, @Nullable Written> written = new LinkedHashMap<>();
  private @Nullable String lastGap;

  /**
   * @param number of the subscription, unique in its session
   * @param mode not automatic
   */
  Unacknowledged(int number, AckMode mode) {
    this.number = number;
    this.mode = mode;
  }

  /** Notes a message before it is written; answers with what 1.2 calls it in {@code ack}. */
  String add(AcknowledgedDelivery delivery) {
    String messageId = delivery.message().position().toString();
    lock.lock();
    try {
      // Behind all others, also when it was written before.
      written.remove(messageId);
      written.put(messageId, new Written(delivery.acknowledger(), delivery.tag()));
    } finally {
      lock.unlock();
    }
    return number + "-" + messageId;
  }

  /**
   * Notes the announcement of a gap: clients acknowledge it like any message, and it matters to
   * nobody. Of several, the last one is kept.
   */
  String addGap(String messageId) {
    lock.lock();
    try {
      if (lastGap != null && written.get(lastGap) == null) {
        written.remove(lastGap);
      }
      written.putIfAbsent(messageId, null);
      lastGap = messageId;
    } finally {
      lock.unlock();
    }
    return number + "-" + messageId;
  }

  /**
   * Which messages an ACK or NACK of this one stands for, the oldest first; nothing when it is not
   * waited for.
   *
   * @param except those that are spoken for already
   */
  List<String> meantBy(String messageId, Set<String> except) {
    lock.lock();
    try {
      if (!written.containsKey(messageId) || except.contains(messageId)) {
        return List.of();
      }
      if (mode == AckMode.CLIENT_INDIVIDUAL) {
        return List.of(messageId);
      }
      var meant = new ArrayList<String>();
      for (String each : written.keySet()) {
        if (!except.contains(each)) {
          meant.add(each);
        }
        if (each.equals(messageId)) {
          break;
        }
      }
      return meant;
    } finally {
      lock.unlock();
    }
  }

  /** Settles messages that {@link #meantBy} named. May block. */
  void settle(Collection<String> messageIds, Outcome outcome) {
    var tags = new ArrayList<Long>();
    Acknowledger acknowledger = null;
    lock.lock();
    try {
      for (String messageId : messageIds) {
        Written message = written.remove(messageId);
        if (message != null) {
          tags.add(message.tag());
          acknowledger = message.acknowledger();
        }
      }
    } finally {
      lock.unlock();
    }
    if (acknowledger != null) {
      acknowledger.settle(tags, outcome);
    }
  }
}
