package io.pharos.redis;

import io.pharos.broker.Published;
import io.pharos.message.Destination;
import io.pharos.message.Publication;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.exceptions.JedisDataException;

/** Publications that one caller handed in together, and what became of each of them. */
final class PublishTask {
  private final List<Publication> publications;

  /** Where each stands, or the {@link JedisDataException} by which Redis refused it. */
  private final @Nullable Object[] results;

  private final Set<Destination> unnoted;
  private final boolean asking;

  PublishTask(List<Publication> publications) {
    this(publications, ConcurrentHashMap.newKeySet(), false);
  }

  private PublishTask(List<Publication> publications, Set<Destination> unnoted, boolean asking) {
    this.publications = List.copyOf(publications);
    this.results = new Object[publications.size()];
    this.unnoted = unnoted;
    this.asking = asking;
  }

  /**
   * Some of the publications, as a task of their own.
   *
   * @param ask the server is only about to get the slot, and must be told with ASKING
   */
  PublishTask part(List<Integer> some, boolean ask) {
    return new PublishTask(some.stream().map(publications::get).toList(), unnoted, ask);
  }

  boolean asking() {
    return asking;
  }

  List<Publication> publications() {
    return publications;
  }

  void answer(int index, Object result) {
    results[index] = result;
  }

  @Nullable Object result(int index) {
    return results[index];
  }

  /** The destination is to be put into the index. */
  void unnoted(Destination destination) {
    unnoted.add(destination);
  }

  Set<Destination> unnoted() {
    return unnoted;
  }

  int stored() {
    int stored = 0;
    for (Object result : results) {
      stored += result instanceof Published ? 1 : 0;
    }
    return stored;
  }

  /**
   * The answers in the order of the publications; only once all are there.
   *
   * @throws RedisUnavailable when one was refused
   */
  List<Published> answers() {
    var answers = new ArrayList<Published>(results.length);
    for (Object result : results) {
      if (result instanceof JedisDataException error) {
        throw RedisUnavailable.refused(error).besides(stored());
      }
      if (!(result instanceof Published published)) {
        throw new IllegalStateException("a publication was not answered");
      }
      answers.add(published);
    }
    return answers;
  }
}
