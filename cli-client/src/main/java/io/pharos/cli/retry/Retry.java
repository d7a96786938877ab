package io.pharos.cli.retry;

import io.pharos.cli.failure.Failures;
import io.pharos.cli.failure.ServerRefusedException;
import io.pharos.cli.failure.UnexpectedAnswerException;
import java.io.IOException;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Repeats a request that may be repeated while the server is away: unavailable, the connection
 * lost, or Pharos not there yet after a start. A server that was never there is waited for only
 * when that is wanted. Not thread-safe.
 */
public final class Retry {
  private final FirstConnect first;
  private final Duration limit;
  private final Backoff backoff;
  private final Pause pause;
  private final LongSupplier nanoTime;
  private final Consumer<String> progress;

  /** Whether there is a server at the address, as far as is known, or is to be one. */
  private boolean known;

  /**
   * @param first whether to wait for a server that was never there
   * @param limit how long after a request's first failure the last try may start
   * @param progress is told of each wait
   */
  public Retry(
      FirstConnect first,
      Duration limit,
      Backoff backoff,
      Pause pause,
      LongSupplier nanoTime,
      Consumer<String> progress) {
    this.first = first;
    this.limit = limit;
    this.backoff = backoff;
    this.pause = pause;
    this.nanoTime = nanoTime;
    this.progress = progress;
  }

  /** A request whose repetition has no other effect than the first one. */
  @FunctionalInterface
  public interface Request<T> {
    T send() throws IOException, InterruptedException;
  }

  /**
   * Sends until it succeeds.
   *
   * @throws IOException the last failure, when it is of another kind or the time is up; one before
   *     it after which the request may have been carried out is among its suppressed ones
   */
  public <T> T call(Request<T> request) throws IOException, InterruptedException {
    long givenUpAt = Long.MIN_VALUE;
    IOException open = null;
    backoff.reset();
    while (true) {
      try {
        T answer = request.send();
        known = true;
        return answer;
      } catch (IOException e) {
        if (open != null) {
          e.addSuppressed(open);
        } else if (Failures.leavesOutcomeOpen(e)) {
          open = e;
        }
        if (!isWorthAnotherTry(e)) {
          throw e;
        }
        long now = nanoTime.getAsLong();
        givenUpAt = givenUpAt == Long.MIN_VALUE ? now + limit.toNanos() : givenUpAt;
        Duration wait = waitAfter(e);
        if (now + wait.toNanos() > givenUpAt) {
          throw e;
        }
        progress.accept(Failures.sentence(e) + "; trying again in " + wait.toMillis() + " ms");
        if (!pause.waitFor(wait)) {
          throw e;
        }
      }
    }
  }

  private boolean isWorthAnotherTry(IOException failure) {
    return switch (failure) {
      case ServerRefusedException refused -> {
        // The first 404 is a wrong address; a later one is a server that has not started Pharos.
        boolean missing = refused.status() == 404;
        boolean again = missing ? known : refused.isTemporary();
        known |= !missing;
        yield again;
      }
      case UnexpectedAnswerException unexpected -> false;
      default -> {
        known |= first == FirstConnect.WAIT;
        yield known || Failures.connectFailure(failure) == null;
      }
    };
  }

  private Duration waitAfter(IOException failure) {
    Duration wait = backoff.next();
    return failure instanceof ServerRefusedException refused ? refused.atLeastAsAsked(wait) : wait;
  }
}
