package io.pharos.redis;

import io.pharos.broker.BrokerListener;
import io.pharos.broker.HistoryLimits;
import io.pharos.message.Body;
import io.pharos.message.Destination;
import io.pharos.message.DestinationPattern;
import io.pharos.message.Headers;
import io.pharos.message.Publication;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import redis.clients.jedis.Protocol.Command;

/**
 * Measures the way over Redis: two brokers in this process, one publishes and one listens, on a
 * server of the machine's own. Not a test: run its main.
 */
public final class RedisBench {
  private static final Destination TOPIC = Destination.of("/topic/bench");
  private static final int BODY = 200;

  private final RedisProcess redis;
  private final long[] latencies = new long[2_000_000];
  private final AtomicInteger received = new AtomicInteger();
  private final RedisBroker publisher;
  private final RedisBroker listener;

  private RedisBench(RedisProcess redis) {
    this.redis = redis;
    var limits = new HistoryLimits(1000, Duration.ofMinutes(5));
    publisher = new RedisBroker(redis.url(), "bench", d -> limits);
    listener = new RedisBroker(redis.url(), "bench", d -> limits);
    BrokerListener take =
        (destination, batch) ->
            batch.forEach(
                message -> {
                  long sent = ByteBuffer.wrap(message.body().bytes()).getLong();
                  latencies[received.getAndIncrement()] = System.nanoTime() - sent;
                });
    listener.start(take);
    publisher.start((destination, batch) -> {});
    listener.subscribe(DestinationPattern.of(TOPIC));
  }

  public static void main(String[] arguments) throws Exception {
    try (var redis = new RedisProcess(List.of("save \"\"", "appendonly no"))) {
      var bench = new RedisBench(redis);
      bench.throughput("warm-up", 10, 100_000);
      bench.steady(1_000, 20);
      for (int threads : new int[] {1, 10, 100}) {
        bench.throughput(threads + " threads", threads, 100_000);
      }
      bench.listener.close();
      bench.publisher.close();
    }
  }

  private void publish() {
    byte[] body = new byte[BODY];
    ByteBuffer.wrap(body).putLong(System.nanoTime());
    publisher.publish(
        List.of(new Publication(TOPIC, Body.wrap(body), "text/plain", Headers.NONE, null)));
  }

  private void steady(int perSecond, int seconds) throws InterruptedException {
    int count = perSecond * seconds;
    received.set(0);
    double[] before = usage();
    var calls = new long[count];
    long begin = System.nanoTime();
    for (int i = 0; i < count; i++) {
      long due = begin + i * 1_000_000_000L / perSecond;
      while (System.nanoTime() < due) {
        LockSupport.parkNanos(Math.max(1, due - System.nanoTime()));
      }
      long start = System.nanoTime();
      publish();
      calls[i] = System.nanoTime() - start;
    }
    await(count);
    report(perSecond + " messages/s", count, before);
    print("  publish returns after", calls);
    print("  message arrives after", Arrays.copyOf(latencies, count));
  }

  private void throughput(String name, int threads, int count) throws Exception {
    received.set(0);
    double[] before = usage();
    long begin = System.nanoTime();
    try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
      var running = new ArrayList<Future<?>>();
      for (int t = 0; t < threads; t++) {
        running.add(
            executor.submit(
                () -> {
                  for (int i = 0; i < count / threads; i++) {
                    publish();
                  }
                }));
      }
      for (Future<?> each : running) {
        each.get();
      }
    }
    double seconds = (System.nanoTime() - begin) / 1e9;
    await(count);
    report(name + String.format(": %.0f messages/s", count / seconds), count, before);
  }

  private void await(int count) throws InterruptedException {
    Recorder.eventually(count + " messages", () -> received.get() >= count);
  }

  private void report(String what, int count, double[] before) {
    double[] after = usage();
    print(
        String.format(
            "%s: Redis CPU %.1f us, %.2f reads a message",
            what, (after[0] - before[0]) * 1e6 / count, (after[1] - before[1]) / count));
  }

  /** CPU seconds, and how often Redis read from a connection. */
  private double[] usage() {
    String info = new String((byte[]) redis.call(Command.INFO, "all"), StandardCharsets.UTF_8);
    return new double[] {
      field(info, "used_cpu_user") + field(info, "used_cpu_sys"),
      field(info, "total_reads_processed")
    };
  }

  private static double field(String info, String name) {
    Matcher matcher = Pattern.compile("(?m)^" + name + ":([0-9.]+)").matcher(info);
    return matcher.find() ? Double.parseDouble(matcher.group(1)) : Double.NaN;
  }

  private static void print(String what, long[] nanos) {
    long[] sorted = nanos.clone();
    Arrays.sort(sorted);
    print(
        String.format(
            "%s: median %d us, p99 %d us, worst %d us",
            what,
            sorted[sorted.length / 2] / 1000,
            sorted[sorted.length * 99 / 100] / 1000,
            sorted[sorted.length - 1] / 1000));
  }

  @SuppressWarnings("SystemOut")
  private static void print(String line) {
    System.out.println(line);
  }
}
