package io.pharos.cli;

import io.pharos.cli.retry.Backoff;
import io.pharos.cli.retry.Pause;
import io.pharos.cli.retry.Retry;
import java.time.Duration;

/** Makes what repeats a command's requests. */
final class Retries {
  private Retries() {}

  static Retry of(Toolbox tools, Duration limit) {
    return of(tools, limit, new Pause());
  }

  static Retry of(Toolbox tools, Duration limit, Pause pause) {
    return new Retry(limit, Backoff.standard(), pause, System::nanoTime, tools.console()::warn);
  }
}
