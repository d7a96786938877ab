package io.pharos.app;

import io.pharos.broker.Broker;
import io.pharos.broker.BrokerAvailability;
import io.pharos.broker.HandOut;
import io.pharos.broker.Linger;
import io.pharos.broker.MemoryBroker;
import io.pharos.hub.Drain;
import io.pharos.hub.Hub;
import io.pharos.hub.LocalNode;
import io.pharos.hub.Metrics;
import io.pharos.hub.Publisher;
import io.pharos.hub.SessionEvents;
import io.pharos.hub.SessionFactory;
import io.pharos.message.Destination;
import io.pharos.presence.Announcer;
import io.pharos.presence.Attendance;
import io.pharos.presence.Members;
import io.pharos.presence.MemoryRoster;
import io.pharos.presence.NodeView;
import io.pharos.presence.SingleNode;
import io.pharos.queue.MemoryWorkQueues;
import io.pharos.queue.QueueMetrics;
import io.pharos.queue.WorkQueues;
import io.pharos.redis.RedisBroker;
import io.pharos.redis.RedisMembers;
import io.pharos.redis.RedisWorkQueues;
import io.pharos.relay.StompRelay;
import io.pharos.session.CloseReason;
import io.pharos.session.Sessions;
import io.pharos.session.WriterThreads;
import io.pharos.stomp.Relay;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** One running Pharos: everything that is not Jakarta, put together, started and stopped. */
final class Node {
  static final String VERSION = "0.1.0";
  private static final Duration FAREWELL = Duration.ofMillis(1_500);
  private static final Duration LAST_MESSAGES = Duration.ofMillis(500);

  private final @Nullable StompRelay relay;
  private final Broker broker;
  private final WorkQueues queues;
  private final WriterThreads writers = new WriterThreads();
  private final Sessions sessions = new Sessions(Clock.systemUTC());
  private final Hub hub;
  private final Publisher publisher;
  private final SessionFactory sessionFactory;
  private final Drain drain;
  private final Members members;
  private final Announcer announcer;
  private final ScheduledExecutorService timer = timer("pharos-timer");

  /** Of its own: a rest of some milliseconds must not wait until all sessions are looked at. */
  private final ScheduledExecutorService rests = timer("pharos-rests");

  /**
   * The container cuts all connections before it stops the application. When the process is told to
   * end, the clients hear of it first.
   */
  private final Thread goodbye = Thread.ofPlatform().name("pharos-goodbye").unstarted(this::leave);

  /**
   * @param events is told what becomes of sessions
   * @param watcher is told when a broker that is relayed to comes and goes
   */
  Node(
      Settings settings,
      Metrics metrics,
      QueueMetrics queueMetrics,
      SessionEvents events,
      Consumer<BrokerAvailability> watcher) {
    Executor executor = task -> Thread.ofVirtual().start(task);
    relay = settings.relay().map(it -> new StompRelay(it, executor, watcher)).orElse(null);
    broker = relay == null ? broker(settings) : relay.broker();
    // Who is subscribed is known to the other broker, not to us: nobody is announced then.
    Predicate<Destination> presence = relay == null ? settings.presence() : destination -> false;
    var attendance = new Attendance(presence);
    queues = relay == null ? queues(settings, queueMetrics) : relay.queues();
    hub = new Hub(broker, queues, executor, metrics, attendance, events, settings.delivery());
    publisher = new Publisher(broker, queues, settings.maxMessageBytes(), metrics, presence);
    sessionFactory =
        new SessionFactory(
            sessions, hub, settings.session(), writers, System::nanoTime, metrics, events);
    drain = new Drain(sessions, timer);
    NodeView view = new LocalNode(settings.nodeId(), VERSION, Instant.now(), sessions, hub, drain);
    if (settings.redis().isPresent()) {
      var shared = new RedisMembers(settings.redis().get(), settings.redisPrefix(), view, broker);
      members = shared;
      announcer = new Announcer(attendance, shared.roster());
    } else {
      members = new SingleNode(view);
      announcer = new Announcer(attendance, new MemoryRoster(broker, settings.nodeId()));
    }
  }

  private Broker broker(Settings settings) {
    return settings.redis().isPresent()
        ? new RedisBroker(settings.redis().get(), settings.redisPrefix(), settings.history())
        : new MemoryBroker(
            settings.history(),
            Clock.systemUTC(),
            this::handOut,
            new Linger(settings.linger(), System::nanoTime));
  }

  private void handOut(HandOut steps, Duration rest) {
    if (rest.isZero()) {
      writers.executeInSteps(steps::step);
    } else {
      later(() -> writers.executeInSteps(steps::step), rest);
    }
  }

  private void later(Runnable task, Duration delay) {
    try {
      Future<?> unused = rests.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
    } catch (RejectedExecutionException e) {
      // The node has stopped: nobody is left to gather messages for.
      task.run();
    }
  }

  private static ScheduledExecutorService timer(String name) {
    return Executors.newSingleThreadScheduledExecutor(
        Thread.ofPlatform().name(name).daemon().factory());
  }

  private static WorkQueues queues(Settings settings, QueueMetrics metrics) {
    return settings.redis().isPresent()
        ? new RedisWorkQueues(
            settings.redis().get(), settings.redisPrefix(), settings.queue(), metrics)
        : new MemoryWorkQueues(settings.queue(), Clock.systemUTC(), metrics);
  }

  void start() {
    broker.start(hub);
    members.start();
    announcer.start();
    every(Sessions.STEP, sessions::tick);
    if (relay != null) {
      every(Duration.ofMillis(100), relay::tick);
    }
    if (broker instanceof MemoryBroker memory) {
      every(Duration.ofSeconds(10), memory::sweep);
    }
    if (queues instanceof MemoryWorkQueues memory) {
      every(Duration.ofSeconds(10), memory::sweep);
    } else if (queues instanceof RedisWorkQueues redis) {
      redis.start();
    }
    Runtime.getRuntime().addShutdownHook(goodbye);
  }

  /** Says goodbye to every client, for a bounded time, and ends. */
  void stop() {
    leave();
    timer.shutdownNow();
    rests.shutdownNow();
    announcer.close();
    members.close();
    queues.close();
    broker.close();
    writers.close();
    try {
      Runtime.getRuntime().removeShutdownHook(goodbye);
    } catch (IllegalStateException e) {
      // The process is ending, and the hook has run.
      return;
    }
  }

  private void leave() {
    if (broker instanceof MemoryBroker memory) {
      memory.settle(LAST_MESSAGES);
    }
    sessions.closeAll(CloseReason.SERVER_STOPPING, FAREWELL);
  }

  /** The broker that STOMP clients are relayed to; null where the hub answers for them. */
  @Nullable Relay relay() {
    return relay;
  }

  Broker broker() {
    return broker;
  }

  WorkQueues queues() {
    return queues;
  }

  Hub hub() {
    return hub;
  }

  Publisher publisher() {
    return publisher;
  }

  SessionFactory sessionFactory() {
    return sessionFactory;
  }

  Drain drain() {
    return drain;
  }

  Members members() {
    return members;
  }

  Sessions sessions() {
    return sessions;
  }

  /** Does something again and again, for as long as this runs. It must not block. */
  void every(Duration interval, Runnable task) {
    var unused =
        timer.scheduleWithFixedDelay(
            guarded(task), interval.toMillis(), interval.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** A task that failed once must not end its schedule. */
  private static Runnable guarded(Runnable task) {
    return () -> {
      try {
        task.run();
      } catch (RuntimeException e) {
        System.getLogger(Node.class.getName())
            .log(System.Logger.Level.ERROR, "A periodic task failed", e);
      }
    };
  }
}
