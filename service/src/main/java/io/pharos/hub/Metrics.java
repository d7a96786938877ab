package io.pharos.hub;

import io.pharos.session.CloseReason;

/**
 * What is counted, in our own words: the server adapts it to its metrics system. Must not block.
 */
public interface Metrics extends PressureMetrics {
  /** Counts nothing. */
  Metrics NONE =
      new Metrics() {
        @Override
        public void published(int messages) {}

        @Override
        public void refused() {}

        @Override
        public void delivered(int messages) {}

        @Override
        public void gap() {}

        @Override
        public void slow(Overflow policy) {}

        @Override
        public void dropped() {}

        @Override
        public void conflated() {}

        @Override
        public void replayDelayed() {}

        @Override
        public void sessionOpened() {}

        @Override
        public void sessionClosed(CloseReason reason) {}
      };

  /** The broker stored messages that this node's publishers handed in. */
  void published(int messages);

  /**
   * A publication was refused: malformed, over a limit, without the right, or with the broker away.
   */
  void refused();

  /** Messages and signals were put on the wire. */
  void delivered(int messages);

  /** A subscription was told that it missed messages. */
  void gap();

  void sessionOpened();

  void sessionClosed(CloseReason reason);
}
