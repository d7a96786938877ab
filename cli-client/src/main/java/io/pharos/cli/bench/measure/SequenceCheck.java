package io.pharos.cli.bench.measure;

import java.util.HashSet;
import java.util.Set;
import java.util.function.IntConsumer;

/** Whether one client gets each message of its destination, in order and once. */
final class SequenceCheck {
  private final Set<Integer> skipped = new HashSet<>(0);
  private int next;

  /** What a message was to its client. */
  enum Verdict {
    /** The next one, perhaps behind a jump. */
    NEW,
    /** One that was jumped over. */
    OUT_OF_ORDER,
    /** One that had come before. */
    DUPLICATE
  }

  SequenceCheck(int first) {
    this.next = first;
  }

  Verdict received(int sequence) {
    if (sequence >= next) {
      for (int missing = next; missing < sequence; missing++) {
        skipped.add(missing);
      }
      next = sequence + 1;
      return Verdict.NEW;
    }
    return skipped.remove(sequence) ? Verdict.OUT_OF_ORDER : Verdict.DUPLICATE;
  }

  /** Names all that did not come. */
  void missing(int end, IntConsumer each) {
    skipped.forEach(each::accept);
    for (int sequence = next; sequence < end; sequence++) {
      each.accept(sequence);
    }
  }
}
