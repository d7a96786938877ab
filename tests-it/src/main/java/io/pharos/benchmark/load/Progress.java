package io.pharos.benchmark.load;

/** Tells what goes on, and since when. */
public final class Progress {
  private final long begin = System.nanoTime();

  /** One line. */
  public void say(String line) {
    long seconds = seconds();
    System.err.printf("%2d:%02d  %s%n", seconds / 60, seconds % 60, line);
  }

  /** How long it has been going on. */
  public long seconds() {
    return (System.nanoTime() - begin) / 1_000_000_000;
  }
}
