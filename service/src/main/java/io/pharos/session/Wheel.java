package io.pharos.session;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Which session's clocks are looked at in which step: a timing wheel whose turn is as long as the
 * longest that a session is left alone. Looking at ten thousand of them in every step would cost
 * more than their heart-beats.
 */
final class Wheel {
  /**
   * How many steps a turn takes: five seconds, as long as a STOMP client may take to close after
   * its DISCONNECT, which is the shortest time that may begin to run while nobody looks.
   */
  static final int TURN = 20;

  private final List<List<Session>> slots =
      new ArrayList<>(Stream.generate(() -> List.<Session>of()).limit(TURN).toList());
  private int step;

  /**
   * Puts a session in.
   *
   * @param steps after how many it is its turn, at least one; never more than {@link #TURN}
   */
  synchronized void add(Session session, long steps) {
    int slot = (step + Math.clamp(steps, 1, TURN)) % TURN;
    if (slots.get(slot).isEmpty()) {
      slots.set(slot, new ArrayList<>());
    }
    slots.get(slot).add(session);
  }

  /** Goes on by a step, and takes out those whose turn it is. */
  synchronized List<Session> next() {
    step = (step + 1) % TURN;
    return slots.set(step, List.of());
  }
}
