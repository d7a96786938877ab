package io.pharos.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.pharos.message.Destination;
import io.pharos.message.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A consumer that takes what it is handed when the test asks for it. */
final class TestConsumer {
  private final BlockingQueue<Lease> leases = new LinkedBlockingQueue<>();
  private final QueueConsumer consumer;

  TestConsumer(WorkQueues queues, Destination queue, int window) {
    consumer = queues.attach(queue, window, leases::add);
  }

  /** The next lease, which may be on its way. */
  Lease take() throws InterruptedException {
    Lease lease = leases.poll(60, TimeUnit.SECONDS);
    assertThat(lease).as("a lease in time").isNotNull();
    return Objects.requireNonNull(lease);
  }

  /** The next lease, which must be of a message with this body. */
  Lease take(String body) throws InterruptedException {
    Lease lease = take();
    assertThat(body(lease)).isEqualTo(body);
    return lease;
  }

  /** As many leases, in the order in which they came. */
  List<Lease> take(int count) throws InterruptedException {
    var taken = new ArrayList<Lease>();
    for (int i = 0; i < count; i++) {
      taken.add(take());
    }
    return taken;
  }

  /** What has come and was not taken. */
  List<Lease> untaken() {
    return List.copyOf(leases);
  }

  void settle(Lease lease, Outcome outcome) {
    consumer.settle(List.of(lease.tag()), outcome);
  }

  void settle(List<Lease> all, Outcome outcome) {
    consumer.settle(all.stream().map(Lease::tag).toList(), outcome);
  }

  void close() {
    consumer.close();
  }

  static String body(Lease lease) {
    return String.valueOf(lease.message().body().textOrNull());
  }
}
