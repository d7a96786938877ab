package io.pharos.session;

/** When to look for clients that have gone: twice, a second apart, and then not for a while. */
final class Sounding {
  /** In steps of {@link Sessions#STEP}, from the first look on. */
  private static final int SECOND_LOOK = 4;

  private static final int REST = 40;

  private boolean asked;
  private int step = REST;

  /** Somebody wants to know. */
  synchronized void ask() {
    asked = true;
  }

  /** Goes on by a step; whether to look now. */
  synchronized boolean isDue() {
    if (step < REST) {
      step++;
      return step == SECOND_LOOK;
    }
    if (asked) {
      asked = false;
      step = 0;
      return true;
    }
    return false;
  }
}
