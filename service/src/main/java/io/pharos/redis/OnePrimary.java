package io.pharos.redis;

import java.util.List;
import java.util.function.Function;
import java.util.function.IntFunction;

/** One server has all keys at a time. */
final class OnePrimary implements Servers {
  private final Connector connector;
  private final RedisTimings timings;

  OnePrimary(RedisUrl url, Primaries primaries, RedisTimings timings) {
    this.connector = new Connector(url, primaries, timings);
    this.timings = timings;
  }

  @Override
  public Dialect dialect() {
    return Dialect.PLAIN;
  }

  @Override
  public Calls calls(String name) {
    return new PrimaryCalls(connector, name, timings.call());
  }

  @Override
  public PublishLine publishLine(PublishCalls calls) {
    return new PrimaryPublishLine(connector, calls, timings.call());
  }

  @Override
  public Subscriber subscriber() {
    return new Subscriber(timings, claims -> new OneEar(connector, timings, claims));
  }

  @Override
  public <T> List<List<T>> grouped(List<T> things, Function<T, String> key) {
    return things.isEmpty() ? List.of() : List.of(things);
  }

  @Override
  public List<String> samples(IntFunction<String> names) {
    return List.of(names.apply(0));
  }

  @Override
  public void start() {
    // There is nothing to find out.
  }

  @Override
  public void close() {
    // Nothing was opened here.
  }
}
