package io.pharos.session;

/**
 * When to look for clients that have gone: each twice, a second apart, and then not for a while; a
 * part of them in each step, so that live messages do not wait behind thousands of beats.
 */
final class Sounding {
  /** No part is due. */
  static final int NOBODY = -1;

  /** How many parts there are, each with a step of {@link Sessions#STEP} to itself. */
  static final int PARTS = 4;

  private static final int LOOKS = 2;

  /** In steps, from the first look on. */
  private static final int REST = 40;

  private boolean asked;
  private int step = REST;

  /** Somebody wants to know. */
  synchronized void ask() {
    asked = true;
  }

  /** Goes on by a step; whom to look at now, {@link #NOBODY} or a part's number from 0 on. */
  synchronized int next() {
    if (step >= REST) {
      if (!asked) {
        return NOBODY;
      }
      asked = false;
      step = 0;
    }
    int part = step < LOOKS * PARTS ? step % PARTS : NOBODY;
    step++;
    return part;
  }
}
