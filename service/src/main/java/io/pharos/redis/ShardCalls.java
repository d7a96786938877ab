package io.pharos.redis;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.CommandArguments;

/** Commands for the shards of a cluster, each for the one that has its key. */
final class ShardCalls implements Calls {
  private final Lanes<CommandTask> lanes;
  private final Router<CommandTask> router;

  ShardCalls(SlotMap slots, Lanes<CommandTask> lanes, RedisTimings timings) {
    this.lanes = lanes;
    this.router = new Router<>(slots, lanes, timings.call());
  }

  @Override
  public void start() {
    // A shard's connection begins when it is used.
  }

  @Override
  public List<@Nullable Object> call(List<CommandArguments> commands) {
    var errand = new Errand(commands);
    router.run(errand);
    var whole = new CommandTask(commands);
    whole.answer(Arrays.asList(errand.answers));
    return whole.answers();
  }

  /** Some commands, and their answers. */
  private static final class Errand implements Router.Errand<CommandTask> {
    private final List<CommandArguments> commands;
    private final int[] slots;
    private final @Nullable Object[] answers;

    Errand(List<CommandArguments> commands) {
      this.commands = commands;
      answers = new Object[commands.size()];
      slots = new int[commands.size()];
      int last = -1;
      for (int i = 0; i < slots.length; i++) {
        last = commands.get(i).getKeyHashSlots().stream().findFirst().orElse(last);
        slots[i] = last;
      }
    }

    @Override
    public int count() {
      return commands.size();
    }

    @Override
    public int slot(int thing) {
      return slots[thing];
    }

    @Override
    public CommandTask task(List<Integer> things, boolean asking) {
      List<CommandArguments> some = things.stream().map(commands::get).toList();
      return asking ? CommandTask.asking(some) : new CommandTask(some);
    }

    @Override
    public @Nullable Object answer(CommandTask task, int n) {
      return task.rawAnswer(n);
    }

    @Override
    public void done(int thing, @Nullable Object answer) {
      answers[thing] = answer;
    }
  }

  @Override
  public void close() {
    lanes.close();
  }
}
