package io.pharos.queue;

import io.pharos.broker.Epochs;
import io.pharos.broker.Published;
import io.pharos.message.Destination;
import io.pharos.message.PharosException;
import io.pharos.message.Publication;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * The work queues of a single node, in memory: everything that {@link WorkQueues} promises except
 * to outlive the process.
 */
public final class MemoryWorkQueues implements WorkQueues {
  /** How many queues there may be at once. */
  public static final int MAX_QUEUES = 10_000;

  /** How long an empty queue that nobody uses is kept, for its idempotency keys. */
  static final Duration IDLE = Duration.ofMinutes(10);

  private final QueueLimits limits;
  private final Clock clock;
  private final QueueMetrics metrics;
  private final int maxQueues;
  private final Epochs epochs = new Epochs();
  private final ConcurrentMap<Destination, MemoryQueue> queues = new ConcurrentHashMap<>();
  private volatile boolean closed;

  public MemoryWorkQueues(QueueLimits limits, Clock clock, QueueMetrics metrics) {
    this(limits, clock, metrics, MAX_QUEUES);
  }

  MemoryWorkQueues(QueueLimits limits, Clock clock, QueueMetrics metrics, int maxQueues) {
    this.limits = limits;
    this.clock = clock;
    this.metrics = metrics;
    this.maxQueues = maxQueues;
  }

  @Override
  public List<Published> publish(List<Publication> publications) {
    check();
    // In the order of their names, so that two publishers never wait for each other.
    var batches = new TreeMap<Destination, List<Publication>>();
    for (Publication each : publications) {
      batches.computeIfAbsent(each.destination(), d -> new ArrayList<>()).add(each);
    }
    batches.keySet().forEach(DeadLetters::checkName);
    checkRoomFor(batches.keySet());
    var locked = new HashMap<Destination, MemoryQueue>();
    try {
      batches.keySet().forEach(name -> locked.put(name, locked(name)));
      batches.forEach((name, batch) -> queue(locked, name).checkRoom(batch));
      var answers = new ArrayList<Published>(publications.size());
      for (Publication each : publications) {
        answers.add(queue(locked, each.destination()).append(each));
      }
      locked.values().forEach(MemoryQueue::handOut);
      return answers;
    } finally {
      locked.values().forEach(MemoryQueue::unlock);
    }
  }

  private static MemoryQueue queue(Map<Destination, MemoryQueue> known, Destination name) {
    MemoryQueue queue = known.get(name);
    if (queue == null) {
      throw new IllegalStateException(name + " is not locked");
    }
    return queue;
  }

  private MemoryQueue locked(Destination name) {
    MemoryQueue queue = find(name);
    while (!queue.lock()) {
      // Dropped as idle between finding and using it: the next one is new.
      queue = find(name);
    }
    return queue;
  }

  @Override
  public QueueConsumer attach(Destination name, int window, LeaseListener listener) {
    check();
    DeadLetters.checkName(name);
    checkRoomFor(List.of(name));
    while (true) {
      MemoryQueue queue = find(name);
      var consumer = new MemoryConsumer(queue, window, listener);
      if (queue.attach(consumer)) {
        return consumer;
      }
    }
  }

  @Override
  public List<QueueStatus> status() {
    check();
    return queues.values().stream()
        .map(MemoryQueue::status)
        .filter(each -> each.depth() + each.pending() + each.consumers() > 0)
        .sorted(Comparator.comparing(QueueStatus::queue))
        .toList();
  }

  @Override
  public void check() {
    if (closed) {
      throw new PharosException(PharosException.Code.UNAVAILABLE, "the queues are closed");
    }
  }

  @Override
  public void close() {
    closed = true;
    queues.clear();
  }

  /**
   * Forgets messages that waited too long, and queues that nobody uses. To be called now and then.
   */
  public void sweep() {
    queues.forEach(
        (name, queue) -> {
          if (queue.expire(IDLE)) {
            queues.remove(name, queue);
          }
        });
  }

  private MemoryQueue find(Destination name) {
    return queues.computeIfAbsent(
        name, n -> new MemoryQueue(n, epochs.next(), limits, clock, metrics, this::bury));
  }

  private void bury(List<Publication> dead) {
    Destination name = dead.getFirst().destination();
    boolean buried = false;
    while (!buried) {
      buried = find(name).bury(dead);
    }
  }

  private void checkRoomFor(Collection<Destination> names) {
    long added = names.stream().filter(each -> !queues.containsKey(each)).count();
    if (added > 0 && queues.size() + added > maxQueues) {
      throw new PharosException(
          PharosException.Code.LIMIT_EXCEEDED,
          "no more than " + maxQueues + " queues can be in use at once");
    }
  }
}
