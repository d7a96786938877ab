package io.pharos.redis;

import io.pharos.message.Destination;
import io.pharos.message.Publication;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.exceptions.JedisDataException;

/**
 * Publishes what several callers want, in one round trip: one script call for each destination.
 * Each destination's messages keep the order in which they were handed in. A caller is told when
 * all of its publications are answered.
 */
final class Publishing implements Consumer<List<Job<PublishTask>>> {
  private final CommandLink link;
  private final PublishCalls calls;

  Publishing(CommandLink link, PublishCalls calls) {
    this.link = link;
    this.calls = calls;
  }

  @Override
  public void accept(List<Job<PublishTask>> jobs) {
    List<PublishCall> all = calls(jobs);
    var commands = new ArrayList<CommandArguments>(all.size());
    var ends = new ArrayList<Integer>(all.size());
    for (PublishCall call : all) {
      commands.addAll(call.commands(calls));
      ends.add(commands.size() - 1);
    }
    List<@Nullable Object> answers = link.roundTrip(commands);
    for (int i = 0; i < all.size(); i++) {
      Object answer = answers.get(ends.get(i));
      if (answer instanceof List<?> list) {
        all.get(i).answer(list);
      } else if (answer instanceof JedisDataException error) {
        all.get(i).refuse(error);
      }
    }
    jobs.forEach(Job::done);
  }

  private static List<PublishCall> calls(List<Job<PublishTask>> jobs) {
    var calls = new ArrayList<PublishCall>();
    Map<Destination, PublishCall> open = new HashMap<>();
    for (Job<PublishTask> job : jobs) {
      PublishTask task = job.task();
      List<Publication> publications = task.publications();
      for (int i = 0; i < publications.size(); i++) {
        Destination destination = publications.get(i).destination();
        PublishCall call = open.get(destination);
        if (call == null || !call.hasRoom(task)) {
          call = new PublishCall(destination, task.asking());
          open.put(destination, call);
          calls.add(call);
        }
        call.add(task, i);
      }
    }
    return calls;
  }
}
