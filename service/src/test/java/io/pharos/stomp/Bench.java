package io.pharos.stomp;

import io.pharos.admission.NotAdmittedException;
import io.pharos.admission.Ticket;
import io.pharos.broker.HistoryLimits;
import io.pharos.broker.MemoryBroker;
import io.pharos.hub.HandlerReply;
import io.pharos.hub.HandlerRequest;
import io.pharos.hub.Hub;
import io.pharos.hub.MessageHandlers;
import io.pharos.hub.Metrics;
import io.pharos.hub.Publisher;
import io.pharos.hub.SessionFactory;
import io.pharos.message.Destination;
import io.pharos.message.DestinationPattern;
import io.pharos.message.PharosException;
import io.pharos.message.Publication;
import io.pharos.message.UserName;
import io.pharos.presence.Attendance;
import io.pharos.queue.MemoryWorkQueues;
import io.pharos.queue.QueueLimits;
import io.pharos.queue.QueueMetrics;
import io.pharos.security.Identity;
import io.pharos.security.Rights;
import io.pharos.security.TokenExpiredException;
import io.pharos.session.SessionLimits;
import io.pharos.session.Sessions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A whole node without sockets: clients come through {@link #client}, time passes by hand. */
final class Bench {
  static final Duration PING = Duration.ofSeconds(25);
  static final int MAX_BODY = 2 << 20;
  private static final Instant START = Instant.parse("2030-01-01T00:00:00Z");

  /** Whoever publishes from elsewhere: it may publish to everything. */
  private static final Identity EVERYBODY =
      new Identity(
          new UserName("everybody"),
          new Rights(List.of(), patterns("/topic/**", "/queue/**", "/user/*/queue/**"), false),
          Instant.MAX,
          null);

  final SwitchedExecutor executor = new SwitchedExecutor();

  /** Runs message handlers. */
  final SwitchedExecutor applicationExecutor = new SwitchedExecutor();

  final MemoryBroker broker;
  final MemoryWorkQueues queues;
  final Hub hub;
  final Sessions sessions;
  final Publisher publisher;
  private final StompServer server;

  /** The application, which may be replaced before a client is opened. */
  MessageHandlers handlers = MessageHandlers.NONE;

  private Duration elapsed = Duration.ZERO;

  Bench() {
    this(StompSettings.of("pharos/test", MAX_BODY, PING), 100);
  }

  /** With another broker behind. */
  Bench(Relay relay) {
    this(StompSettings.of("pharos/test", MAX_BODY, PING), 100, relay);
  }

  Bench(StompSettings settings, int history) {
    this(settings, history, null);
  }

  private Bench(StompSettings settings, int history, @Nullable Relay relay) {
    var limits = new HistoryLimits(history, Duration.ofHours(1));
    broker = new MemoryBroker(destination -> limits, clock());
    queues =
        new MemoryWorkQueues(
            new QueueLimits(1000, Duration.ofHours(1), 3), clock(), QueueMetrics.NONE);
    hub = new Hub(broker, queues, executor, Metrics.NONE, new Attendance(d -> false));
    broker.start(hub);
    sessions = new Sessions(clock());
    publisher = new Publisher(broker, queues, MAX_BODY, Metrics.NONE, d -> false);
    var outbox = new SessionLimits(1000, 64 << 20, Duration.ofSeconds(10));
    var factory = new SessionFactory(sessions, hub, outbox, executor, this::nanoTime, Metrics.NONE);
    server =
        new StompServer(
            factory,
            hub,
            publisher,
            Bench::verify,
            new MessageHandlers() {
              @Override
              public void send(HandlerRequest request) {
                handlers.send(request);
              }

              @Override
              public @Nullable HandlerReply subscribe(HandlerRequest request) {
                return handlers.subscribe(request);
              }
            },
            task -> applicationExecutor.execute(task),
            relay,
            settings,
            this::nanoTime);
  }

  /** Opens a transport. */
  Client client() {
    return client((Identity) null);
  }

  Client client(@Nullable Identity handshake) {
    return new Client(transport -> server.open(transport, handshake));
  }

  /** A client whose connection has this place. */
  Client client(Ticket ticket) {
    return new Client(transport -> server.open(transport, null, ticket));
  }

  /** A client that there is no room for. */
  Client refused(NotAdmittedException refusal) {
    return new Client(transport -> server.refuse(transport, refusal));
  }

  /** A client that is connected as ann and may do nearly everything. */
  Client connected(Version version) {
    return connected(version, "ann");
  }

  /** Of a reader or a writer, who may do nothing else, or of anybody. */
  Client connected(Version version, String user) {
    var client =
        client()
            .send(
                "CONNECT\naccept-version:"
                    + version.number()
                    + "\nhost:x\npasscode:"
                    + user
                    + "\n\n\0");
    client.take(Command.CONNECTED);
    return client;
  }

  void publish(String destination, String... bodies) {
    var publications =
        Stream.of(bodies).map(body -> Publication.text(Destination.of(destination), body)).toList();
    publisher.publish(EVERYBODY, publications);
  }

  /** Lets time pass in the steps of the server's timer. */
  void pass(Duration time) {
    for (Duration end = elapsed.plus(time); elapsed.compareTo(end) < 0; ) {
      elapsed = elapsed.plusMillis(100);
      sessions.tick();
    }
  }

  /** A token is a user's name here, but for the two that are refused. */
  private static Identity verify(String token) {
    return switch (token) {
      case "bad" ->
          throw new PharosException(
              PharosException.Code.UNAUTHENTICATED, "the token's signature does not hold");
      case "away" ->
          throw new PharosException(PharosException.Code.UNAVAILABLE, "the keys are not available");
      case "expired" -> throw new TokenExpiredException(START);
      default -> identity(token);
    };
  }

  static Identity identity(String user) {
    var all = patterns("/topic/**", "/user/queue/**", "/queue/**", "/app/public/**");
    var subscribe = user.equals("writer") ? patterns() : all;
    var publish =
        user.equals("reader")
            ? patterns()
            : patterns("/topic/public/**", "/user/*/queue/**", "/queue/**", "/app/**");
    return new Identity(
        new UserName(user),
        new Rights(subscribe, publish, false),
        START.plus(Duration.ofHours(1)),
        null);
  }

  private static List<DestinationPattern> patterns(String... patterns) {
    return Stream.of(patterns).map(DestinationPattern::new).toList();
  }

  private long nanoTime() {
    return elapsed.toNanos() + 1;
  }

  private Clock clock() {
    return new Clock() {
      @Override
      public ZoneId getZone() {
        return ZoneId.of("UTC");
      }

      @Override
      public Clock withZone(ZoneId zone) {
        return this;
      }

      @Override
      public Instant instant() {
        return START.plus(elapsed);
      }
    };
  }
}
