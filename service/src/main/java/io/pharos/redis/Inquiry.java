package io.pharos.redis;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * One question on its way, and what came back: each node's parts in their order. What somebody says
 * who was not asked does not count.
 */
final class Inquiry {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition answered = lock.newCondition();
  private final Set<String> waitingFor;
  private final Map<String, List<List<String>>> answers = new HashMap<>();
  private final Map<String, Integer> parts = new HashMap<>();

  /**
   * @param asked the addresses of all that are to answer
   */
  Inquiry(Set<String> asked) {
    waitingFor = new HashSet<>(asked);
  }

  void accept(ControlMessage.Reply reply) {
    lock.lock();
    try {
      String from = reply.from();
      int expected = parts.getOrDefault(from, 0);
      if (!waitingFor.contains(from) || reply.part() != expected) {
        return;
      }
      parts.put(from, expected + 1);
      answers.computeIfAbsent(from, key -> new ArrayList<>()).addAll(reply.rows());
      if (reply.last()) {
        waitingFor.remove(from);
        answered.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Waits until all have answered, for so long at the most. */
  void await(long nanos) {
    lock.lock();
    try {
      long left = nanos;
      while (!waitingFor.isEmpty() && left > 0) {
        left = answered.awaitNanos(left);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      lock.unlock();
    }
  }

  /** What was answered so far, also by those that have not ended yet. */
  List<List<String>> rows() {
    lock.lock();
    try {
      return answers.values().stream().flatMap(List::stream).toList();
    } finally {
      lock.unlock();
    }
  }

  /** Who has not answered, or not all of it. */
  Set<String> silent() {
    lock.lock();
    try {
      return Set.copyOf(waitingFor);
    } finally {
      lock.unlock();
    }
  }
}
