package io.pharos.sockjs;

import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Lets answers be kept for a year. */
final class Caching {
  private static final Duration YEAR = Duration.ofDays(365);
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private final Clock clock;

  Caching(Clock clock) {
    this.clock = clock;
  }

  Answer apply(Answer answer) {
    return answer
        .with("Cache-Control", "public, max-age=" + YEAR.toSeconds())
        .with("Expires", DATE.format(clock.instant().plus(YEAR)));
  }

  /** What a browser asks before a call, answered for a year. */
  Answer preflight(String methods) {
    return apply(Answer.of(204))
        .with("Access-Control-Allow-Methods", methods)
        .with("Access-Control-Max-Age", Long.toString(YEAR.toSeconds()));
  }
}
