package io.pharos.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.pharos.broker.Broker;
import io.pharos.broker.HistoryLimits;
import io.pharos.message.Destination;
import io.pharos.message.Message;
import io.pharos.message.PharosException;
import io.pharos.presence.FakeNode;
import io.pharos.presence.NodeInfo;
import io.pharos.presence.Roster;
import io.pharos.presence.Seat;
import io.pharos.presence.SeatChange;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Some members on one Redis, with short leases, and what they published. */
final class Cluster implements AutoCloseable {
  static final Destination CHAT = Destination.of("/topic/chat");

  static final MemberTimings SHORT =
      new MemberTimings(Duration.ofMillis(1500), Duration.ofMillis(150), Duration.ofSeconds(1));

  /** For what must hold on a machine that is busy with other things, too. */
  static final MemberTimings PATIENT =
      new MemberTimings(Duration.ofMinutes(1), Duration.ofMillis(150), Duration.ofSeconds(20));

  /** For those that look on while others die: their own leases outlast any stall. */
  static final MemberTimings LASTING =
      new MemberTimings(Duration.ofMinutes(10), Duration.ofMillis(150), Duration.ofSeconds(1));

  private final RedisUrl redis;
  private final String prefix = RedisProcess.newPrefix();
  private final RedisBroker broker;
  private final List<Runnable> parts = new ArrayList<>();

  Cluster(RedisProcess redis) {
    this(redis.url());
  }

  Cluster(RedisUrl redis) {
    this.redis = redis;
    broker =
        new RedisBroker(
            redis,
            prefix,
            d -> new HistoryLimits(10_000, Duration.ofMinutes(10)),
            RedisNode.PATIENT);
    broker.start((destination, batch) -> {});
  }

  RedisBroker broker() {
    return broker;
  }

  Names names() {
    return new Names(prefix);
  }

  /** Starts a member; returns when everybody sees it. */
  RedisMembers join(FakeNode node) {
    return join(node, SHORT);
  }

  RedisMembers join(FakeNode node, MemberTimings timings) {
    var members = new RedisMembers(redis, prefix, node, broker, RedisNode.PATIENT, timings);
    parts.add(members::close);
    members.start();
    eventually(() -> assertThat(members.isListening()).isTrue());
    eventually(() -> assertThat(members.connections().isComplete()).isTrue());
    return members;
  }

  /** A member that does only what it is told: it renews no lease and answers nobody. */
  Silent silent(FakeNode node) {
    return silent(node, SHORT);
  }

  Silent silent(FakeNode node, MemberTimings timings) {
    return silent(node, timings, broker);
  }

  Silent silent(FakeNode node, MemberTimings timings, Broker publishing) {
    Servers servers = Servers.of(redis, RedisNode.PATIENT);
    Calls commands = servers.calls("test");
    servers.start();
    commands.start();
    parts.add(
        () -> {
          commands.close();
          servers.close();
        });
    var calls = new MemberCalls(commands, names(), servers.dialect());
    var lease = new Lease(calls, timings, node);
    var roster =
        new RedisRoster(calls, lease, new Burial(calls), new WaitingEvents(calls, publishing));
    return new Silent(lease, roster);
  }

  record Silent(Lease lease, RedisRoster roster) {}

  /** Tells a roster what changed, and again what it has forgotten. */
  static void tell(Roster roster, int seats, SeatChange... changes) {
    var update = new Roster.Update(List.of(changes), seats);
    while (roster.update(update) == Roster.Outcome.FORGOTTEN) {
      // A new incarnation knows nothing.
    }
  }

  static SeatChange taken(String user, String session) {
    return new SeatChange(new Seat(CHAT, user, session), true);
  }

  static SeatChange free(String user, String session) {
    return new SeatChange(new Seat(CHAT, user, session), false);
  }

  static List<String> ids(List<NodeInfo> nodes) {
    return nodes.stream().map(NodeInfo::id).toList();
  }

  /** All that was announced, as {@code join ann}. */
  List<String> events() {
    return broker.history(CHAT, null, 10_000).messages().stream().map(Cluster::event).toList();
  }

  private static String event(Message message) {
    String body = String.valueOf(message.body().textOrNull());
    int from = body.indexOf(":\"") + 2;
    return message.headers().get("event") + " " + body.substring(from, body.indexOf('"', from));
  }

  /** Tries until it holds, for a bounded time. */
  static void eventually(Runnable assertion) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (true) {
      try {
        assertion.run();
        return;
      } catch (AssertionError | PharosException e) {
        if (System.nanoTime() > deadline) {
          throw e;
        }
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
      }
    }
  }

  @Override
  public void close() {
    parts.reversed().forEach(Runnable::run);
    broker.close();
  }
}
