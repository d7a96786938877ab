package io.pharos.broker;

import java.time.Duration;

/** Where messages are handed out: in which threads, and in which order with other work. */
@FunctionalInterface
public interface HandOuts {

  /** In the publisher's thread, at once. Without rests. */
  HandOuts AT_ONCE = (steps, rest) -> steps.all();

  /**
   * Takes all steps, one after the other. Returns at once where there is a rest.
   *
   * @param rest for how long none may be taken; zero or more
   */
  void run(HandOut steps, Duration rest);
}
