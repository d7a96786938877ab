package io.pharos.cli.bench;

import io.pharos.cli.bench.measure.ProcessProbe;
import io.pharos.cli.bench.measure.Schedule;
import io.pharos.cli.bench.measure.Tally;
import io.pharos.cli.bench.net.Reactor;
import io.pharos.cli.bench.publish.Lane;
import io.pharos.cli.bench.publish.Pacer;
import io.pharos.cli.bench.wire.PayloadFormat;
import io.pharos.cli.bench.wire.WireProtocol;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One run: connect, warm up, measure, wait for the last deliveries. Two threads do the work, one
 * for all clients and one for all publishers, so that a wave of deliveries does not delay the next
 * publication; the calling thread watches.
 */
public final class Benchmark {
  private static final long SECOND = 1_000_000_000;
  private static final long SETTLE = SECOND / 2;
  private static final long CONNECT_PATIENCE = 30 * SECOND;
  private static final long DRAIN_STEP = SECOND / 50;
  private static final long LAST_WORDS_PATIENCE = 2 * SECOND;
  private static final int LOOK_MILLIS = 200;

  private final Load load;
  private final Access access;
  private final int publishers;
  private final @Nullable ProcessProbe probe;
  private final Consumer<String> progress;
  private final Patience patience;

  /**
   * A run that has not begun.
   *
   * @param publishers connections to publish over
   * @param serverProcesses the server's processes on this machine; may be empty
   * @param progress is told what goes on
   */
  public Benchmark(
      Load load,
      Access access,
      int publishers,
      List<Long> serverProcesses,
      Consumer<String> progress) {
    this(load, access, publishers, serverProcesses, progress, Patience.with(load.churn()));
  }

  Benchmark(
      Load load,
      Access access,
      int publishers,
      List<Long> serverProcesses,
      Consumer<String> progress,
      Patience patience) {
    if (publishers < 1 || publishers > 1000) {
      throw new IllegalArgumentException("--publishers must be from 1 to 1000");
    }
    this.load = load;
    this.access = access;
    this.publishers = publishers;
    this.probe =
        serverProcesses.isEmpty() ? null : new ProcessProbe(Path.of("/proc"), serverProcesses);
    this.progress = progress;
    this.patience = patience;
  }

  /**
   * Runs, for as long as the load says and some seconds more; a minute more at the most while
   * clients that the server has lost are still trying to come back.
   *
   * @throws BenchException when the clients or publishers cannot connect
   * @throws IllegalArgumentException when this machine does not allow as many clients
   */
  public Outcome run() throws IOException, InterruptedException {
    OpenFiles.require(load.clients() + publishers + SharedLines.COUNT);
    var format = new PayloadFormat(new SplittableRandom().nextInt(), load.size());
    try (var clients = new Reactor("bench-clients");
        var senders = new Reactor("bench-publishers")) {
      var usage = new UsageLog(probe, clients::busy);
      WireProtocol protocol = access.protocol(format, clients);
      if (protocol.target().address().isUnresolved()) {
        throw new BenchException(
            BenchException.Kind.CANNOT_CONNECT, "unknown host " + protocol.target().host());
      }
      clients.start();
      senders.start();
      var fleet = new Fleet(load, protocol, clients);
      long connecting = System.nanoTime();
      connect(fleet);
      double connectSeconds = (System.nanoTime() - connecting) / 1e9;
      usage.connected();
      Schedule schedule =
          Schedule.of(
              load.rate(),
              load.burst(),
              load.destinations(),
              load.warmUp().toNanos(),
              load.duration().toNanos(),
              System.nanoTime() + SETTLE);
      var tally = new Tally(schedule, readersDestinations());
      clients.execute(() -> fleet.begin(tally, schedule.end()));
      var watch = new PublisherWatch(publishers);
      Pacer pacer = publish(senders, schedule, format, watch);
      var slow =
          new SlowWatch(
              protocol.target().port(),
              fleet.slow().stream().map(Subscriber::port).toList(),
              schedule.start());

      progress.accept("warming up for " + load.warmUp().toSeconds() + " s");
      lookUntil(schedule.measuredFrom(), slow, usage);
      clients.execute(clients::resetMeasures);
      usage.measuring();
      progress.accept("measuring for " + load.duration().toSeconds() + " s");
      lookUntil(schedule.end(), slow, usage);
      long done = drain(fleet, tally, schedule, slow, usage);
      slow.look();
      double seconds = (done - schedule.measuredFrom()) / 1e9;
      var generator =
          new GeneratorSummary(
              usage.ownCpuSeconds(),
              usage.readerBusyNanos() / (seconds * SECOND),
              clients.longestRound() / 1e6);
      FleetSummary summary = finish(fleet, clients);
      BitSet refused = watch.refused();
      refused.clear(0, schedule.warmUp());
      return new Outcome(
          load,
          access.transport(),
          access.publishing(),
          connectSeconds,
          seconds,
          schedule.measured(),
          refused.cardinality(),
          watch.firstRefusal(),
          on(clients, () -> tally.result(refused)),
          pacer.lateness(),
          pacer.late(),
          summary,
          slow.summary(load.slow()),
          usage.server(),
          generator);
    }
  }

  private void connect(Fleet fleet) throws InterruptedException {
    progress.accept("connecting " + counted(load.clients()));
    CompletableFuture<Void> complete = fleet.connect();
    int before = -1;
    while (true) {
      try {
        complete.get(CONNECT_PATIENCE, TimeUnit.NANOSECONDS);
        return;
      } catch (TimeoutException e) {
        int now = fleet.subscribedCount();
        if (now == before) {
          throw new BenchException(
              BenchException.Kind.CANNOT_CONNECT,
              "only "
                  + now
                  + " of "
                  + load.clients()
                  + " clients are subscribed, and no more come"
                  + fleet.refusal());
        }
        before = now;
      } catch (ExecutionException e) {
        throw failure(e);
      }
    }
  }

  private static String counted(int clients) {
    return clients == 1 ? "1 client" : clients + " clients";
  }

  private Pacer publish(
      Reactor senders, Schedule schedule, PayloadFormat format, PublisherWatch watch)
      throws InterruptedException {
    LaneFactory factory = access.lanes(load.destinations(), format);
    List<Lane> lanes = new ArrayList<>();
    for (int i = 0; i < publishers; i++) {
      lanes.add(factory.lane(senders, schedule, watch));
    }
    var pacer = new Pacer(senders, schedule, lanes, () -> {});
    senders.execute(
        () -> {
          lanes.forEach(Lane::open);
          pacer.start();
        });
    try {
      watch.allReady().get(CONNECT_PATIENCE, TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      throw new BenchException(
          BenchException.Kind.CANNOT_CONNECT, "the publishers could not connect in time");
    } catch (ExecutionException e) {
      throw failure(e);
    }
    return pacer;
  }

  private void lookUntil(long time, SlowWatch slow, UsageLog usage)
      throws IOException, InterruptedException {
    for (long left = time - System.nanoTime(); left > 0; left = time - System.nanoTime()) {
      Thread.sleep(Math.min(LOOK_MILLIS, left / 1_000_000 + 1));
      slow.look();
      usage.look();
    }
  }

  /**
   * Waits for who is away and for what is on its way, until all is there or nothing comes any more.
   *
   * @return when the last delivery came, but not before the publications were over
   */
  private long drain(Fleet fleet, Tally tally, Schedule schedule, SlowWatch slow, UsageLog usage)
      throws IOException, InterruptedException {
    usage.measured();
    long begin = System.nanoTime();
    long lastDelivery = begin;
    long lastNews = begin;
    long received = tally.received();
    int away = fleet.away();
    if (away > 0) {
      progress.accept("waiting for " + counted(away) + " to come back");
    }
    while ((away > 0 && System.nanoTime() - begin < patience.absence().toNanos())
        || (received < tally.expected()
            && System.nanoTime() - lastNews < patience.quiet().toNanos())) {
      lookUntil(System.nanoTime() + DRAIN_STEP, slow, usage);
      if (tally.received() > received) {
        received = tally.received();
        lastDelivery = System.nanoTime();
        lastNews = lastDelivery;
        usage.measured();
      }
      int stillAway = fleet.away();
      if (stillAway < away && System.nanoTime() - begin < patience.absence().toNanos()) {
        // What it missed is on its way only now. Some come and go for ever.
        lastNews = System.nanoTime();
      }
      away = stillAway;
    }
    return Math.max(lastDelivery, schedule.end());
  }

  private FleetSummary finish(Fleet fleet, Reactor clients) throws InterruptedException {
    if (load.slow() > 0) {
      clients.execute(fleet::wakeSlow);
      TimeUnit.NANOSECONDS.sleep(LAST_WORDS_PATIENCE);
    }
    return on(clients, fleet::end);
  }

  private int[] readersDestinations() {
    int[] destinations = new int[load.clients()];
    for (int client = 0; client < destinations.length; client++) {
      destinations[client] = load.isSlow(client) ? -1 : load.destinationOf(client);
    }
    return destinations;
  }

  private static <T> T on(Reactor reactor, Supplier<T> question) throws InterruptedException {
    var answer = new CompletableFuture<T>();
    reactor.execute(() -> answer.complete(question.get()));
    try {
      return answer.get(10, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      Throwable died = reactor.failure();
      throw new IllegalStateException("the clients' thread ended", died == null ? e : died);
    }
  }

  private static RuntimeException failure(ExecutionException failed) {
    return failed.getCause() instanceof BenchException bench
        ? bench
        : new IllegalStateException(failed.getCause());
  }
}
