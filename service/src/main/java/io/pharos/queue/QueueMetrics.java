package io.pharos.queue;

/** What is counted about queues, in our own words. Must not block. */
public interface QueueMetrics {
  /** Counts nothing. */
  QueueMetrics NONE =
      new QueueMetrics() {
        @Override
        public void leased() {}

        @Override
        public void redelivered() {}

        @Override
        public void acknowledged(int messages) {}

        @Override
        public void deadLettered(int messages) {}

        @Override
        public void expired(int messages) {}

        @Override
        public void discarded(int messages) {}
      };

  /** A message was handed to a consumer for the first time. */
  void leased();

  /** A message was handed out again. */
  void redelivered();

  void acknowledged(int messages);

  /** Messages were moved to a dead-letter queue. */
  void deadLettered(int messages);

  /** Messages waited too long, and are gone. */
  void expired(int messages);

  /** Dead letters are gone: rejected, or the oldest ones of a dead-letter queue that was full. */
  void discarded(int messages);
}
