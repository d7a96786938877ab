package io.pharos.redis;

import java.util.List;
import java.util.function.Function;
import java.util.function.IntFunction;

/** The servers that a URL names, as they stand to each other. */
interface Servers extends AutoCloseable {

  static Servers of(RedisUrl url, RedisTimings timings) {
    return switch (url.topology()) {
      case STANDALONE -> new OnePrimary(url, () -> url.hosts().getFirst(), timings);
      case SENTINEL ->
          new OnePrimary(url, new SentinelPrimaries(url, timings.connect().dividedBy(2)), timings);
      case CLUSTER -> new ClusterServers(url, timings);
    };
  }

  Dialect dialect();

  /** Connections for commands that are used by themselves. */
  Calls calls(String name);

  PublishLine publishLine(PublishCalls calls);

  /** Connections that listen. */
  Subscriber subscriber();

  /**
   * Groups things by the server that has their keys now; those that nobody is known to have are a
   * group, too.
   */
  <T> List<List<T>> grouped(List<T> things, Function<T, String> key);

  /**
   * Keys of all servers that are known, one for each.
   *
   * @param names names as many keys as are asked for
   */
  List<String> samples(IntFunction<String> names);

  void start();

  @Override
  void close();
}
