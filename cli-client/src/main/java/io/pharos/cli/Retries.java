package io.pharos.cli;

import io.pharos.cli.retry.Backoff;
import io.pharos.cli.retry.FirstConnect;
import io.pharos.cli.retry.Pause;
import io.pharos.cli.retry.Retry;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Makes what repeats a command's requests. */
final class Retries {
  private Retries() {}

  /**
   * Repeats for as long as is wanted.
   *
   * @param wanted from the first try on; null when nothing is said of it
   * @param otherwise how long then, once the server was reached
   */
  static Retry of(Toolbox tools, @Nullable Duration wanted, Duration otherwise, Pause pause) {
    return new Retry(
        wanted == null ? FirstConnect.FAIL : FirstConnect.WAIT,
        wanted == null ? otherwise : wanted,
        Backoff.standard(),
        pause,
        System::nanoTime,
        tools.console()::warn);
  }
}
