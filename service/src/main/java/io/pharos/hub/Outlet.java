package io.pharos.hub;

import io.pharos.message.Message;
import io.pharos.session.Delivery;
import io.pharos.session.Outgoing;
import io.pharos.session.Subscription;

/**
 * Where the messages of a subscription's lanes leave: how many may, and as what. Nothing here
 * blocks.
 */
interface Outlet {

  /** Takes room for up to so many messages; tells for how many. */
  int take(int most);

  /** Gives room back that was not used. */
  void giveBack(int unused);

  /** Runs a task once there is room, at once if there is. */
  void whenOpen(Runnable task);

  /** A message on its way to a subscription, through the room that was taken for it. */
  Outgoing deliver(Subscription subscription, Message message);

  /** An outlet that always has room: one for all subscriptions, as it knows nothing of them. */
  Outlet OPEN =
      new Outlet() {
        @Override
        public int take(int most) {
          return most;
        }

        @Override
        public void giveBack(int unused) {}

        @Override
        public void whenOpen(Runnable task) {
          task.run();
        }

        @Override
        public Outgoing deliver(Subscription subscription, Message message) {
          return new Delivery(subscription, message);
        }
      };
}
