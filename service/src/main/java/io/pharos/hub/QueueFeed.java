package io.pharos.hub;

import io.pharos.message.Destination;
import io.pharos.message.Outcome;
import io.pharos.message.Position;
import io.pharos.queue.Lease;
import io.pharos.queue.QueueConsumer;
import io.pharos.queue.WorkQueues;
import io.pharos.session.AcknowledgedDelivery;
import io.pharos.session.CloseReason;
import io.pharos.session.Subscription;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One consumer of a work queue: what it is handed waits here, no more than its window, and goes to
 * the client as fast as the client reads. What is not settled when it ends goes back to the queue.
 */
final class QueueFeed implements Feed {
  private final Subscription subscription;
  private final Executor executor;
  private final Consumer<QueueFeed> cleanUp;
  private final QueueConsumer consumer;
  private final ReentrantLock lock = new ReentrantLock();
  private final ArrayDeque<Lease> handed = new ArrayDeque<>(2);
  private boolean started;
  private boolean passing;

  /**
   * @param cleanUp runs after the end, perhaps more than once
   */
  QueueFeed(
      Subscription subscription,
      WorkQueues queues,
      int window,
      Executor executor,
      Consumer<QueueFeed> cleanUp) {
    this.subscription = subscription;
    this.executor = executor;
    this.cleanUp = cleanUp;
    var queue = Destination.of(subscription.pattern().value());
    this.consumer = queues.attach(queue, window, this::take);
  }

  @Override
  public Subscription subscription() {
    return subscription;
  }

  @Override
  public Map<Destination, Position> positions() {
    return Map.of();
  }

  @Override
  public List<Destination> atMostOnce() {
    return List.of();
  }

  private void take(Lease lease) {
    lock.lock();
    try {
      handed.add(lease);
      schedule();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void start() {
    lock.lock();
    try {
      started = true;
      schedule();
    } finally {
      lock.unlock();
    }
  }

  private void schedule() {
    if (started && !passing && !handed.isEmpty()) {
      passing = true;
      executor.execute(this::pass);
    }
  }

  private void pass() {
    try {
      Lease lease = next();
      while (lease != null) {
        subscription.session().offerWhenRoom(delivery(lease));
        lease = next();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      subscription.session().close(CloseReason.SERVER_STOPPING);
    }
  }

  private @Nullable Lease next() {
    lock.lock();
    try {
      Lease lease = handed.poll();
      passing = lease != null;
      return lease;
    } finally {
      lock.unlock();
    }
  }

  private AcknowledgedDelivery delivery(Lease lease) {
    return new AcknowledgedDelivery(
        subscription, lease.message(), lease.deliveries(), lease.tag(), this::settle);
  }

  private void settle(Collection<Long> tags, Outcome outcome) {
    consumer.settle(tags, outcome);
  }

  @Override
  public void close() {
    subscription.close();
    consumer.close();
    cleanUp.accept(this);
  }
}
