package io.pharos.redis;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.CommandArguments;

/** Commands for the one primary that has all keys, over one connection. */
final class PrimaryCalls implements Calls {
  private final CommandLink link;
  private final Worker<CommandTask> worker;

  /**
   * @param name what Redis lists the connection as, after {@code pharos-}
   * @param patience how long a caller waits
   */
  PrimaryCalls(Connector connector, String name, Duration patience) {
    link = new CommandLink(connector, "pharos-" + name);
    worker =
        new Worker<>(
            "pharos-redis-" + name, patience, new Commands(link), () -> link.cutOff(patience));
  }

  @Override
  public void start() {
    worker.start();
  }

  @Override
  public List<@Nullable Object> call(List<CommandArguments> commands) {
    var task = new CommandTask(commands);
    if (!commands.isEmpty()) {
      worker.call(task);
    }
    return task.answers();
  }

  @Override
  public void close() {
    worker.close();
    link.close();
  }
}
