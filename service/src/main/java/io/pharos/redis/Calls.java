package io.pharos.redis;

import java.util.List;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.CommandArguments;

/** Runs commands where their keys are. Blocks until they are answered, for a bounded time. */
interface Calls extends AutoCloseable {

  /** Begins. Whether Redis is there or not does not matter. */
  void start();

  /**
   * Runs commands; those of one key in the order given, unless the key moves meanwhile. A command
   * without a key goes with the one before it.
   *
   * @return an answer for each command
   * @throws RedisUnavailable when there is none for one of them, or Redis refuses one
   */
  List<@Nullable Object> call(List<CommandArguments> commands);

  /** The same for one command. */
  default @Nullable Object call(CommandArguments command) {
    return call(List.of(command)).getFirst();
  }

  @Override
  void close();
}
