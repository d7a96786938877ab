package io.pharos.security;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSVerifier;
import io.pharos.message.PharosException;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Published keys, kept for {@link #TIME_TO_LIVE} and fetched again when a token names a key that is
 * not among them; by one thread at a time and at most once in {@link #MIN_INTERVAL}, so that
 * made-up key ids cannot flood the issuer. While the issuer is away the keys that are known stay in
 * use, and a token that names another one is neither accepted nor refused. A set that was fetched
 * replaces the one before: what is withdrawn is no longer trusted.
 */
final class JwksKeys implements VerificationKeys {
  static final Duration TIME_TO_LIVE = Duration.ofMinutes(5);
  static final Duration MIN_INTERVAL = Duration.ofSeconds(10);
  private static final System.Logger LOG = System.getLogger(JwksKeys.class.getName());

  private final JwksFetcher fetcher;
  private final Clock clock;
  private final ReentrantLock fetching = new ReentrantLock();
  private volatile @Nullable Snapshot current;
  private volatile Instant lastAttempt = Instant.MIN;

  /** Whether the last attempt came to nothing: what is known may be old. */
  private volatile boolean failing;

  private record Snapshot(KeyRing keys, Instant fetchedAt) {}

  JwksKeys(JwksFetcher fetcher, Clock clock) {
    this.fetcher = fetcher;
    this.clock = clock;
  }

  @Override
  public Set<JWSAlgorithm> algorithms() {
    return KeyRing.ALGORITHMS;
  }

  @Override
  public List<JWSVerifier> candidates(JWSHeader header) {
    Snapshot known = current;
    if (known == null) {
      known = first();
    } else if (elapsed(known.fetchedAt, TIME_TO_LIVE)) {
      known = renewed(known);
    }
    List<JWSVerifier> found = known.keys.candidates(header);
    if (found.isEmpty()) {
      found = replaced(known).keys.candidates(header);
    }
    if (found.isEmpty() && failing) {
      throw new PharosException(
          PharosException.Code.UNAVAILABLE,
          "the key that the token was signed with is not known, and newer ones cannot be fetched at"
              + " the moment");
    }
    if (found.isEmpty()) {
      throw new PharosException(
          PharosException.Code.UNAUTHENTICATED,
          "the token was signed with a key that its issuer does not publish");
    }
    return found;
  }

  private Snapshot first() {
    fetching.lock();
    try {
      Snapshot known = current;
      if (known == null && mayFetch()) {
        known = fetch(null);
      }
      if (known == null) {
        throw new PharosException(
            PharosException.Code.UNAVAILABLE,
            "the keys that tokens are verified with cannot be fetched at the moment");
      }
      return known;
    } finally {
      fetching.unlock();
    }
  }

  /** Old keys are good enough for everybody but the one caller who goes for the new ones. */
  private Snapshot renewed(Snapshot old) {
    if (!fetching.tryLock()) {
      return old;
    }
    try {
      return refetched(old);
    } finally {
      fetching.unlock();
    }
  }

  /** The keys after those that did not have the one asked for. */
  private Snapshot replaced(Snapshot old) {
    fetching.lock();
    try {
      return refetched(old);
    } finally {
      fetching.unlock();
    }
  }

  private Snapshot refetched(Snapshot old) {
    Snapshot now = orElse(current, old);
    return now.equals(old) && mayFetch() ? orElse(fetch(old), old) : now;
  }

  private boolean mayFetch() {
    return elapsed(lastAttempt, MIN_INTERVAL);
  }

  /** A clock that was set back counts as elapsed time, so that it cannot stop the renewal. */
  private boolean elapsed(Instant since, Duration time) {
    Instant now = clock.instant();
    return now.isBefore(since) || since.equals(Instant.MIN) || !now.isBefore(since.plus(time));
  }

  private @Nullable Snapshot fetch(@Nullable Snapshot old) {
    lastAttempt = clock.instant();
    try {
      Snapshot fetched = new Snapshot(KeyRing.parse(fetcher.fetch()), clock.instant());
      current = fetched;
      failing = false;
      return fetched;
    } catch (IOException | ParseException e) {
      failing = true;
      LOG.log(
          Level.WARNING,
          "Cannot fetch the keys from {0}: {1}; {2}",
          fetcher,
          e.getMessage(),
          old == null ? "tokens cannot be verified" : "the known ones stay in use");
      return old;
    }
  }

  private static Snapshot orElse(@Nullable Snapshot snapshot, Snapshot other) {
    return snapshot == null ? other : snapshot;
  }
}
