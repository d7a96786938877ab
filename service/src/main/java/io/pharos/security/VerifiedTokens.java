package io.pharos.security;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * Remembers for some seconds which tokens held, so that a client that publishes hundreds of
 * messages a second by HTTP pays for its signature once. What was refused is not remembered, and
 * neither is anything beyond a token's expiry. A key that is withdrawn is therefore out of use
 * {@link #MEMORY} later, at the latest.
 */
public final class VerifiedTokens implements TokenVerifier {
  /** How long an answer is good for. */
  static final Duration MEMORY = Duration.ofSeconds(10);

  /** How many are remembered at once: no more than some megabytes of the longest tokens. */
  static final int MOST = 1000;

  private final TokenVerifier verifier;
  private final Clock clock;
  private final ConcurrentMap<String, Verified> known = new ConcurrentHashMap<>();

  /**
   * @param verifier asked about whatever is not remembered
   */
  public VerifiedTokens(TokenVerifier verifier, Clock clock) {
    this.verifier = verifier;
    this.clock = clock;
  }

  @Override
  public Identity verify(String token) {
    Instant now = clock.instant();
    Verified remembered = known.get(token);
    if (remembered != null && now.isBefore(remembered.until)) {
      return remembered.identity;
    }
    Identity identity = verifier.verify(token);
    remember(token, identity, now);
    return identity;
  }

  private void remember(String token, Identity identity, Instant now) {
    Instant until = now.plus(MEMORY);
    if (identity.expiresAt().isBefore(until)) {
      until = identity.expiresAt();
    }
    if (known.size() >= MOST) {
      known.values().removeIf(each -> !now.isBefore(each.until));
    }
    if (known.size() < MOST) {
      known.put(token, new Verified(identity, until));
    }
  }

  private record Verified(Identity identity, Instant until) {}
}
