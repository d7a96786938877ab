package io.pharos.redis;

import io.pharos.message.Destination;
import io.pharos.message.Publication;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.util.JedisClusterCRC16;

/**
 * Publishes to the shards of a cluster. Of one destination no more is under way for one caller than
 * one call of the script: a call that was sent on must not be passed by the next one.
 */
final class ShardPublishLine implements PublishLine {
  private final Lanes<PublishTask> lanes;
  private final Router<PublishTask> router;
  private final Names names;

  ShardPublishLine(SlotMap slots, Lanes<PublishTask> lanes, Names names, RedisTimings timings) {
    this.lanes = lanes;
    this.router = new Router<>(slots, lanes, timings.call());
    this.names = names;
  }

  @Override
  public void start() {
    // A shard's connection begins when it is used.
  }

  @Override
  public void publish(PublishTask task) {
    try {
      router.run(new Errand(task, names));
    } catch (RedisUnavailable e) {
      throw e.besides(task.stored());
    }
  }

  /** One caller's publications. */
  private static final class Errand implements Router.Errand<PublishTask> {
    private final PublishTask whole;
    private final Names names;
    private final Map<Destination, Integer> slots = new HashMap<>();

    Errand(PublishTask whole, Names names) {
      this.whole = whole;
      this.names = names;
    }

    private Publication publication(int thing) {
      return whole.publications().get(thing);
    }

    @Override
    public int count() {
      return whole.publications().size();
    }

    @Override
    public int slot(int thing) {
      return slots.computeIfAbsent(
          publication(thing).destination(), d -> JedisClusterCRC16.getSlot(names.log(d)));
    }

    @Override
    public List<Integer> next(List<Integer> left) {
      Map<Destination, CallSize> sizes = new HashMap<>();
      Set<Destination> full = new HashSet<>();
      var next = new ArrayList<Integer>(left.size());
      for (int thing : left) {
        Destination destination = publication(thing).destination();
        CallSize size = sizes.computeIfAbsent(destination, d -> new CallSize());
        if (full.contains(destination) || !size.hasRoom()) {
          full.add(destination);
        } else {
          size.add(publication(thing));
          next.add(thing);
        }
      }
      return next;
    }

    @Override
    public PublishTask task(List<Integer> things, boolean asking) {
      return whole.part(things, asking);
    }

    @Override
    public @Nullable Object answer(PublishTask task, int n) {
      return task.result(n);
    }

    @Override
    public void done(int thing, @Nullable Object answer) {
      if (answer != null) {
        whole.answer(thing, answer);
      }
    }
  }

  @Override
  public void close() {
    lanes.close();
  }
}
