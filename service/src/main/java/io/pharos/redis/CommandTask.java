package io.pharos.redis;

import java.util.List;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.exceptions.JedisDataException;

/** Commands that one caller wants to have answered. */
final class CommandTask {
  private final List<CommandArguments> commands;
  private List<@Nullable Object> answers = List.of();

  CommandTask(List<CommandArguments> commands) {
    this.commands = commands;
  }

  List<CommandArguments> commands() {
    return commands;
  }

  void answer(List<@Nullable Object> newAnswers) {
    answers = newAnswers;
  }

  /**
   * What the commands were answered with.
   *
   * @throws RedisUnavailable when Redis refused one
   */
  List<@Nullable Object> answers() {
    for (Object answer : answers) {
      if (answer instanceof JedisDataException error) {
        throw RedisUnavailable.refused(error);
      }
    }
    return answers;
  }
}
