package io.pharos.redis;

/** Gives up the seats of incarnations that are no more. Any number of nodes may do so at once. */
final class Burial {
  /** Seats given up in one step, which holds up everything else in Redis. */
  private static final int MOST = 500;

  private final MemberCalls calls;

  Burial(MemberCalls calls) {
    this.calls = calls;
  }

  /** Gives up all seats of an incarnation, unless its lease turns out not to be over. */
  void dead(String incarnation) {
    bury(incarnation, "0");
  }

  /** Ends a lease that is one's own, and gives up what seats are left. */
  void resign(String incarnation) {
    bury(incarnation, "1");
  }

  private void bury(String incarnation, String own) {
    boolean more = true;
    while (more) {
      Object answer = calls.call(calls.script(Script.BURY, incarnation).add(own).add(MOST));
      more = answer instanceof Long left && left == 1;
    }
  }
}
