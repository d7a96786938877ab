package io.pharos.broker;

import io.pharos.message.Position;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The idempotency keys that one destination remembers, each with the position of its message: for
 * five minutes, and {@value #MAX_KEYS} of them at the most. Not thread-safe.
 */
public final class RecentKeys {
  public static final int MAX_KEYS = 20_000;

  private static final Duration TTL = Duration.ofMinutes(5);

  private record Remembered(Position position, Instant since) {}

  private final Map<String, Remembered> keys = new LinkedHashMap<>();

  /** Where the message of this key stands, or null when the key is new. */
  public @Nullable Position get(String key) {
    Remembered known = keys.get(key);
    return known == null ? null : known.position();
  }

  public void put(String key, Position position, Instant now) {
    keys.put(key, new Remembered(position, now));
  }

  /** Forgets what is too old or too much. */
  public void forget(Instant now) {
    var eldest = keys.values().iterator();
    while (eldest.hasNext()) {
      boolean old = eldest.next().since().plus(TTL).isBefore(now);
      if (!old && keys.size() <= MAX_KEYS) {
        return;
      }
      eldest.remove();
    }
  }
}
