package io.pharos.redis;

import io.pharos.message.Destination;
import io.pharos.message.PharosException;
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
 * Each destination's messages keep the order in which they were handed in.
 */
final class Publishing implements Consumer<List<Job<PublishTask>>> {
  private final CommandLink link;
  private final Names names;
  private final LogSettings settings;
  private final Index index;

  Publishing(CommandLink link, Names names, LogSettings settings, Index index) {
    this.link = link;
    this.names = names;
    this.settings = settings;
    this.index = index;
  }

  @Override
  public void accept(List<Job<PublishTask>> jobs) {
    List<PublishCall> calls = calls(jobs);
    var commands = new ArrayList<CommandArguments>(calls.size());
    for (PublishCall call : calls) {
      commands.add(call.command(names, settings));
    }
    List<@Nullable Object> answers = link.roundTrip(commands);
    var unindexed = new ArrayList<Destination>(0);
    long now = 0;
    for (int i = 0; i < calls.size(); i++) {
      PublishCall call = calls.get(i);
      if (answers.get(i) instanceof List<?> answer) {
        long time = call.answer(answer);
        if (time > 0) {
          unindexed.add(call.destination());
          now = Math.max(now, time);
        }
      } else if (answers.get(i) instanceof JedisDataException error) {
        call.fail(RedisUnavailable.refused(error));
      }
    }
    note(unindexed, now);
    jobs.forEach(Job::done);
  }

  private static List<PublishCall> calls(List<Job<PublishTask>> jobs) {
    var calls = new ArrayList<PublishCall>();
    Map<Destination, PublishCall> open = new HashMap<>();
    for (Job<PublishTask> job : jobs) {
      List<Publication> publications = job.task().publications();
      for (int i = 0; i < publications.size(); i++) {
        Destination destination = publications.get(i).destination();
        PublishCall call = open.get(destination);
        if (call == null || !call.hasRoom()) {
          call = new PublishCall(destination);
          open.put(destination, call);
          calls.add(call);
        }
        call.add(job, i);
      }
    }
    return calls;
  }

  private void note(List<Destination> destinations, long now) {
    if (!destinations.isEmpty()) {
      try {
        link.roundTrip(index.note(destinations, now));
      } catch (PharosException e) {
        // The messages are stored. The index is asked for by wildcards alone, and is written again.
      }
    }
  }
}
