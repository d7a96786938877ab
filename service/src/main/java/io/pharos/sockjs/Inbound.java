package io.pharos.sockjs;

import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;

/** The way to a session's handler: one message at a time, in their order, and the end once. */
final class Inbound {
  /** Of a session that has not started yet. */
  static final Inbound NONE =
      new Inbound(
          new SockJsHandler() {
            @Override
            public void message(String text) {}

            @Override
            public void closed() {}
          });

  private static final int MOST_WAITING = 16;

  private final SockJsHandler handler;
  private final ReentrantLock order = new ReentrantLock(true);
  private final AtomicBoolean closed = new AtomicBoolean();

  Inbound(SockJsHandler handler) {
    this.handler = handler;
  }

  /** Hands messages over; after the end, drops them. May block. */
  void receive(List<String> messages) {
    order.lock();
    try {
      for (String message : messages) {
        if (!closed.get()) {
          handler.message(message);
        }
      }
    } finally {
      order.unlock();
    }
  }

  /** Whether more wait for their turn than a client has reason to send at once. */
  boolean isCrowded() {
    return order.getQueueLength() >= MOST_WAITING;
  }

  void alive() {
    if (!closed.get()) {
      handler.alive();
    }
  }

  /** Idempotent. */
  void close() {
    if (this != NONE && closed.compareAndSet(false, true)) {
      handler.closed();
    }
  }
}
