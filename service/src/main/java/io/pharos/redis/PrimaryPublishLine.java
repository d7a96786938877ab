package io.pharos.redis;

import java.time.Duration;

/** Publishes to the one primary that has all logs, over one connection. */
final class PrimaryPublishLine implements PublishLine {
  private final CommandLink link;
  private final Worker<PublishTask> worker;

  PrimaryPublishLine(Connector connector, PublishCalls calls, Duration patience) {
    link = new CommandLink(connector, "pharos-publisher");
    worker =
        new Worker<>(
            "pharos-redis-publisher",
            patience,
            new Publishing(link, calls),
            () -> link.cutOff(patience));
  }

  @Override
  public void start() {
    worker.start();
  }

  @Override
  public void publish(PublishTask task) {
    worker.call(task);
  }

  @Override
  public void close() {
    worker.close();
    link.close();
  }
}
