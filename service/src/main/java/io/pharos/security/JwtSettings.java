package io.pharos.security;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a token must be to be accepted.
 *
 * @param issuer the exact {@code iss} that is required, or null when any will do
 * @param audience what {@code aud} must contain, or null when it is not looked at
 * @param leeway how far {@code nbf} may lie in the future, because clocks differ; at most {@link
 *     #MAX_LEEWAY}. {@code exp} has none: a session ends at it, so a token does too.
 */
public record JwtSettings(
    KeySource keys, @Nullable String issuer, @Nullable String audience, Duration leeway) {
  public static final Duration MAX_LEEWAY = Duration.ofSeconds(60);
  public static final Duration DEFAULT_LEEWAY = Duration.ofSeconds(30);

  public JwtSettings {
    if (leeway.isNegative() || leeway.compareTo(MAX_LEEWAY) > 0) {
      throw new IllegalArgumentException("the leeway must be 0 to 60 seconds, not " + leeway);
    }
    issuer = issuer == null || issuer.isBlank() ? null : issuer;
    audience = audience == null || audience.isBlank() ? null : audience;
  }
}
