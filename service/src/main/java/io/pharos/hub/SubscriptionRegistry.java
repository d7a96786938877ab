package io.pharos.hub;

import io.pharos.message.Destination;
import io.pharos.message.DestinationPattern;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Who on this node wants what. Reading takes no lock, and copies nothing where no pattern matches:
 * each destination's and each pattern's subscribers are an array that is replaced when it changes.
 */
final class SubscriptionRegistry {
  private static final LogFeed[] NOBODY = {};

  private final ConcurrentMap<String, LogFeed[]> literals = new ConcurrentHashMap<>();
  private final ConcurrentMap<DestinationPattern, LogFeed[]> wildcards = new ConcurrentHashMap<>();
  private final AtomicInteger size = new AtomicInteger();
  private final AtomicLong changes = new AtomicLong();

  void add(LogFeed feed) {
    DestinationPattern pattern = feed.subscription().pattern();
    if (pattern.isLiteral()) {
      literals.merge(pattern.value(), new LogFeed[] {feed}, SubscriptionRegistry::joined);
    } else {
      wildcards.merge(pattern, new LogFeed[] {feed}, SubscriptionRegistry::joined);
    }
    size.incrementAndGet();
    changes.incrementAndGet();
  }

  /** Removes the feed if it is there. */
  void remove(LogFeed feed) {
    DestinationPattern pattern = feed.subscription().pattern();
    if (pattern.isLiteral()) {
      literals.computeIfPresent(pattern.value(), (key, feeds) -> without(feeds, feed));
    } else {
      wildcards.computeIfPresent(pattern, (key, feeds) -> without(feeds, feed));
    }
    changes.incrementAndGet();
  }

  /**
   * How often somebody was added or removed, counted behind each. While it stays what it was before
   * a {@link #find}, all whom that has not found come after now.
   */
  long changes() {
    return changes.get();
  }

  /** All who want a destination's messages now. Not to be changed. */
  LogFeed[] find(Destination destination) {
    LogFeed[] found = literals.getOrDefault(destination.value(), NOBODY);
    // Not asked whether there are any: their count runs behind what there is.
    for (Map.Entry<DestinationPattern, LogFeed[]> each : wildcards.entrySet()) {
      if (each.getKey().matches(destination)) {
        found = joined(found, each.getValue());
      }
    }
    return found;
  }

  int size() {
    return size.get();
  }

  private static LogFeed[] joined(LogFeed[] some, LogFeed[] more) {
    LogFeed[] all = Arrays.copyOf(some, some.length + more.length);
    System.arraycopy(more, 0, all, some.length, more.length);
    return all;
  }

  private LogFeed @Nullable [] without(LogFeed[] feeds, LogFeed feed) {
    int index = Arrays.asList(feeds).indexOf(feed);
    if (index < 0) {
      return feeds;
    }
    size.decrementAndGet();
    if (feeds.length == 1) {
      return null;
    }
    LogFeed[] rest = new LogFeed[feeds.length - 1];
    System.arraycopy(feeds, 0, rest, 0, index);
    System.arraycopy(feeds, index + 1, rest, index, rest.length - index);
    return rest;
  }
}
