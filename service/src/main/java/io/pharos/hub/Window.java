package io.pharos.hub;

import io.pharos.message.Message;
import io.pharos.message.Outcome;
import io.pharos.session.AcknowledgedDelivery;
import io.pharos.session.Acknowledger;
import io.pharos.session.Outgoing;
import io.pharos.session.Subscription;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * An outlet with room for a fixed number of messages that the client has not acknowledged. What the
 * client says of a message does not matter to a topic: either way the client is done with it.
 */
final class Window implements Outlet, Acknowledger {
  private List<Runnable> waiting = new ArrayList<>(1);
  private int room;

  Window(int size) {
    this.room = size;
  }

  @Override
  public int take(int most) {
    synchronized (this) {
      int taken = Math.min(most, room);
      room -= taken;
      return taken;
    }
  }

  @Override
  public void giveBack(int unused) {
    List<Runnable> tasks = List.of();
    synchronized (this) {
      room += unused;
      if (room > 0 && !waiting.isEmpty()) {
        tasks = waiting;
        waiting = new ArrayList<>(1);
      }
    }
    tasks.forEach(Runnable::run);
  }

  @Override
  public void whenOpen(Runnable task) {
    synchronized (this) {
      if (room == 0) {
        waiting.add(task);
        return;
      }
    }
    task.run();
  }

  @Override
  public Outgoing deliver(Subscription subscription, Message message) {
    return new AcknowledgedDelivery(subscription, message, 1, message.position().offset(), this);
  }

  @Override
  public void settle(Collection<Long> tags, Outcome outcome) {
    giveBack(tags.size());
  }
}
