package io.pharos.redis;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.CommandArguments;

/** Runs several callers' commands in one round trip. */
final class Commands implements Consumer<List<Job<CommandTask>>> {
  private final CommandLink link;

  Commands(CommandLink link) {
    this.link = link;
  }

  @Override
  public void accept(List<Job<CommandTask>> jobs) {
    var commands = new ArrayList<CommandArguments>();
    jobs.forEach(job -> commands.addAll(job.task().commands()));
    List<@Nullable Object> answers = link.roundTrip(commands);
    int from = 0;
    for (Job<CommandTask> job : jobs) {
      int to = from + job.task().commands().size();
      job.task().answer(answers.subList(from, to));
      job.done();
      from = to;
    }
  }
}
