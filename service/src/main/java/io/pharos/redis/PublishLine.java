package io.pharos.redis;

/** Takes publications to where their logs are. Blocks until they are stored, for a bounded time. */
interface PublishLine extends AutoCloseable {

  void start();

  /**
   * Publishes. The task then has an answer for each publication, or is told why not.
   *
   * @throws RedisUnavailable when there is no answer for some; others may be stored
   */
  void publish(PublishTask task);

  @Override
  void close();
}
