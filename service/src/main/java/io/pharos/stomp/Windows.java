package io.pharos.stomp;

import io.pharos.message.PharosException;
import io.pharos.message.PharosException.Code;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How many messages each of a session's subscriptions may have unacknowledged, within what the
 * session may have of both. Used by one thread at a time.
 */
final class Windows {
  private final StompSettings settings;
  private final Map<String, Integer> windows = new HashMap<>(2);
  private long unacknowledged;

  Windows(StompSettings settings) {
    this.settings = settings;
  }

  boolean isOpen(@Nullable String id) {
    return windows.containsKey(id);
  }

  /**
   * Fails when there is no room for one more subscription.
   *
   * @param window how many messages it may have unacknowledged; 0 where there are none
   */
  void check(int window) {
    if (windows.size() >= settings.maxSubscriptions()) {
      throw new PharosException(
          Code.LIMIT_EXCEEDED,
          "a session has no more than " + settings.maxSubscriptions() + " subscriptions");
    }
    if (unacknowledged + window > settings.maxUnacknowledged()) {
      throw new PharosException(
          Code.LIMIT_EXCEEDED,
          "a session's subscriptions have no more than "
              + settings.maxUnacknowledged()
              + " unacknowledged messages together: ask for less with prefetch-count");
    }
  }

  /** Counts a subscription that was {@linkplain #check checked}. */
  void open(String id, int window) {
    windows.put(id, window);
    unacknowledged += window;
  }

  /** Does nothing where there is no such subscription. */
  void close(String id) {
    @Nullable Integer window = windows.remove(id);
    unacknowledged -= window == null ? 0 : window;
  }
}
