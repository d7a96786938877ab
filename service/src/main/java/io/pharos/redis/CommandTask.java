package io.pharos.redis;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.exceptions.JedisDataException;

/** Commands that one caller wants to have answered. */
final class CommandTask {
  private final List<CommandArguments> commands;

  /** Each of the caller's commands is the last one of so many that are sent. */
  private final int stride;

  private List<@Nullable Object> answers = List.of();

  CommandTask(List<CommandArguments> commands) {
    this(commands, 1);
  }

  private CommandTask(List<CommandArguments> commands, int stride) {
    this.commands = commands;
    this.stride = stride;
  }

  /** For a server that is only about to get the slot of these commands. */
  static CommandTask asking(List<CommandArguments> commands) {
    var sent = new ArrayList<CommandArguments>(2 * commands.size());
    for (CommandArguments command : commands) {
      sent.add(CommandLink.ASKING);
      sent.add(command);
    }
    return new CommandTask(sent, 2);
  }

  List<CommandArguments> commands() {
    return commands;
  }

  void answer(List<@Nullable Object> newAnswers) {
    answers = newAnswers;
  }

  /** What the caller's n-th command was answered with, be it the error that refused it. */
  @Nullable Object rawAnswer(int n) {
    return answers.get(n * stride + stride - 1);
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
