package io.pharos.redis;

import io.pharos.broker.Broker;
import io.pharos.message.Destination;
import io.pharos.message.PharosException;
import io.pharos.presence.ConnectionInfo;
import io.pharos.presence.Members;
import io.pharos.presence.NodeInfo;
import io.pharos.presence.NodeView;
import io.pharos.presence.Roster;
import io.pharos.presence.Selection;
import io.pharos.presence.Subscriber;
import io.pharos.presence.Survey;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The nodes that share a Redis. Each one has a lease that it renews, hears the others' questions on
 * a connection of its own, and publishes who joins and leaves for all of them. It starts whether
 * Redis is there or not, and is a member again by itself once Redis is back.
 */
public final class RedisMembers implements Members {
  private static final Logger LOG = System.getLogger(RedisMembers.class.getName());

  private final MemberTimings timings;
  private final NodeView local;
  private final Servers servers;
  private final Calls commands;
  private final MemberCalls calls;
  private final Lease lease;
  private final Control control;
  private final ControlLine line;
  private final Burial burial;
  private final WaitingEvents events;
  private final RedisRoster roster;
  private final Semaphore renewNow = new Semaphore(0);
  private final Thread renewing =
      Thread.ofPlatform().name("pharos-redis-lease").daemon().unstarted(this::keepLease);
  private volatile boolean closed;

  /**
   * @param prefix what the names of all keys and channels begin with: nodes with the same one are
   *     members of one cluster
   * @param broker where it is published who joins and leaves
   */
  public RedisMembers(RedisUrl url, String prefix, NodeView view, Broker broker) {
    this(url, prefix, view, broker, RedisTimings.DEFAULT, MemberTimings.DEFAULT);
  }

  RedisMembers(
      RedisUrl url,
      String prefix,
      NodeView view,
      Broker broker,
      RedisTimings redis,
      MemberTimings timings) {
    this.timings = timings;
    servers = Servers.of(url, redis);
    commands = servers.calls("members");
    calls = new MemberCalls(commands, new Names(prefix), servers.dialect());
    lease = new Lease(calls, timings, view);
    local = new NamedView(view, lease::id);
    control =
        new Control(calls, lease.address(), local, timings, task -> Thread.ofVirtual().start(task));
    burial = new Burial(calls);
    events = new WaitingEvents(calls, broker);
    roster = new RedisRoster(calls, lease, burial, events);
    line = new ControlLine(servers.subscriber(), calls, control, renewNow::release);
  }

  /** Where this node's seats are told. Works once this is started. */
  public Roster roster() {
    return roster;
  }

  /** Whether the others can be heard at this moment. */
  boolean isListening() {
    return line.isSettled();
  }

  @Override
  public void start() {
    servers.start();
    commands.start();
    line.start();
    renewing.start();
  }

  /** Nobody expects answers from this node before it can hear the questions. */
  private void keepLease() {
    boolean away = false;
    pause();
    while (!closed) {
      try {
        roster.seen(lease.renew());
        away = false;
      } catch (PharosException e) {
        if (!away && !closed) {
          LOG.log(Level.WARNING, "No member of the cluster at the moment: {0}", e.detail());
        }
        away = true;
      } catch (RuntimeException e) {
        LOG.log(Level.ERROR, "Renewing the lease failed", e);
      }
      pause();
    }
  }

  private void pause() {
    try {
      var unused = renewNow.tryAcquire(timings.renew().toNanos(), TimeUnit.NANOSECONDS);
      renewNow.drainPermits();
    } catch (InterruptedException e) {
      // Only closing interrupts, and has said so.
    }
  }

  @Override
  public List<NodeInfo> nodes() {
    return lease.renew().alive().stream().map(Member::node).toList();
  }

  @Override
  public Survey<ConnectionInfo> connections() {
    return ask(Question.connections(), Question::connection);
  }

  @Override
  public Survey<Subscriber> subscribers(Destination destination) {
    return ask(Question.subscribers(destination), Question::subscriber);
  }

  @Override
  public int end(Selection selection) {
    Survey<Integer> ended = ask(Question.end(selection), Question::ended);
    int connections = ended.found().stream().mapToInt(Integer::intValue).sum();
    if (!ended.isComplete()) {
      throw new PharosException(
          PharosException.Code.UNAVAILABLE,
          connections
              + " connections were ended; no answer from "
              + String.join(", ", ended.silent())
              + ", which may have more: repeat the request");
    }
    return connections;
  }

  private <T> Survey<T> ask(Question question, Function<List<String>, @Nullable T> reading) {
    // Here at first: what this node can do must not wait for Redis.
    List<List<String>> own = question.ask(local);
    Map<String, String> others = new LinkedHashMap<>();
    for (Member member : lease.renew().alive()) {
      if (!member.address().equals(lease.address())) {
        others.put(member.address(), member.node().id());
      }
    }
    Inquiry inquiry = control.ask(question, others.keySet());
    List<String> silent = inquiry.silent().stream().map(others::get).sorted().toList();
    if (!silent.isEmpty()) {
      LOG.log(Level.WARNING, "No answer from {0}", String.join(", ", silent));
    }
    List<T> found =
        Stream.of(own, inquiry.rows())
            .flatMap(List::stream)
            .map(reading)
            .filter(Objects::nonNull)
            .toList();
    return new Survey<>(found, silent);
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    renewing.interrupt();
    try {
      renewing.join(TimeUnit.SECONDS.toMillis(2));
      burial.resign(lease.incarnation());
      events.publish();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (PharosException e) {
      // The others find out when the lease is over.
      LOG.log(Level.INFO, "Not signed off from the other nodes: {0}", e.detail());
    } finally {
      line.close();
      commands.close();
      servers.close();
    }
  }
}
