package io.pharos.redis;

import io.pharos.broker.HistoryLimits;
import io.pharos.message.Destination;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.function.Function;
import redis.clients.jedis.CommandArguments;

/** How long things live in Redis: what both scripts are told first. */
final class LogSettings {
  /** How long an idempotency key is remembered. */
  static final Duration KEY_TTL = Duration.ofMinutes(5);

  /** How long a destination that nobody uses keeps its position, at least. */
  static final Duration IDLE = Duration.ofHours(24);

  private static final String EPOCH_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz";

  private final Function<Destination, HistoryLimits> limits;
  private final SecureRandom random = new SecureRandom();

  LogSettings(Function<Destination, HistoryLimits> limits) {
    this.limits = limits;
  }

  HistoryLimits limits(Destination destination) {
    return limits.apply(destination);
  }

  void addTo(CommandArguments call, HistoryLimits some) {
    long ttl = some.ttl().toMillis();
    call.add(newEpoch()).add(some.size()).add(Math.max(1, ttl)).add(idleMillis(some));
  }

  /** How long a destination of these limits keeps its position: longer than its messages. */
  static long idleMillis(HistoryLimits some) {
    return Math.max(IDLE.toMillis(), 2 * some.ttl().toMillis());
  }

  private String newEpoch() {
    var epoch = new StringBuilder(8);
    for (int i = 0; i < 8; i++) {
      epoch.append(EPOCH_DIGITS.charAt(random.nextInt(EPOCH_DIGITS.length())));
    }
    return epoch.toString();
  }
}
