package io.pharos.redis;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Protocol;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.exceptions.JedisNoScriptException;

/**
 * One connection for commands, opened when it is needed and again after it was lost. Used by one
 * thread, but for what says otherwise.
 */
final class CommandLink implements AutoCloseable {
  private static final Logger LOG = System.getLogger(CommandLink.class.getName());

  /** Has a cluster's server do the next command although its slot is only coming. */
  static final CommandArguments ASKING = new CommandArguments(Protocol.Command.ASKING);

  /** After so long a connection may have died unnoticed, which only asking shows. */
  private static final long FRESH = Duration.ofMillis(500).toNanos();

  private final Connector connector;
  private final String name;
  private final Backoff backoff = new Backoff(Duration.ofSeconds(1));
  private volatile @Nullable Wire wire;

  /** Since when something is being written, as {@link System#nanoTime} has it; 0 for nothing. */
  private volatile long writing;

  private long used;
  private long retryAt;
  private @Nullable JedisException failure;
  private volatile boolean closed;

  CommandLink(Connector connector, String name) {
    this.connector = connector;
    this.name = name;
  }

  /**
   * Sends the commands in one go and reads all answers. Nothing is sent twice, except to a server
   * that did not know the script and therefore did nothing.
   *
   * @return an answer for each command: what Redis said, or the {@link JedisDataException} it
   *     refused the command with
   * @throws RedisUnavailable when there is no connection or no answer
   */
  List<@Nullable Object> roundTrip(List<CommandArguments> commands) {
    Wire open = connected();
    List<@Nullable Object> answers = exchange(open, commands);
    var again = new ArrayList<Integer>(0);
    for (int i = 0; i < answers.size(); i++) {
      Object answer = answers.get(i);
      if (answer instanceof JedisNoScriptException) {
        again.add(i);
      } else if (answer instanceof JedisDataException error && !isPrimary(error)) {
        drop();
      }
    }
    if (!again.isEmpty()) {
      var repeated = new ArrayList<CommandArguments>();
      for (Script script : Script.values()) {
        repeated.add(script.load());
      }
      again.forEach(i -> repeated.add(commands.get(i)));
      List<@Nullable Object> second = exchange(open, repeated);
      for (int i = 0; i < again.size(); i++) {
        answers.set(again.get(i), second.get(Script.values().length + i));
      }
    }
    return answers;
  }

  private List<@Nullable Object> exchange(Wire open, List<CommandArguments> commands) {
    try {
      write(open, commands);
      var answers = new ArrayList<@Nullable Object>(commands.size());
      for (int i = 0; i < commands.size(); i++) {
        answers.add(open.read());
      }
      used = System.nanoTime();
      return answers;
    } catch (JedisConnectionException e) {
      drop();
      LOG.log(Level.WARNING, "Redis has not answered {0}: {1}", name, e.getMessage());
      throw RedisUnavailable.unanswered(e);
    } catch (RuntimeException e) {
      // What was sent and what was read do not match any more.
      drop();
      throw e;
    }
  }

  private void write(Wire open, List<CommandArguments> commands) {
    writing = System.nanoTime() | 1;
    try {
      commands.forEach(open::send);
      open.flush();
    } finally {
      writing = 0;
    }
  }

  /**
   * Ends the connection if a write to it has taken more than half of what somebody has waited in
   * vain: no time-out does, and the operating system tries for a quarter of an hour. May be called
   * by any thread.
   */
  void cutOff(Duration waited) {
    // In this order: what was written to an earlier connection says nothing of this one.
    Wire open = wire;
    long since = writing;
    if (open != null && since != 0 && System.nanoTime() - since > waited.toNanos() / 2) {
      // Ending TLS waits for the write.
      Thread.ofVirtual().start(open::close);
    }
  }

  private Wire connected() {
    Wire open = wire;
    if (open != null) {
      if (System.nanoTime() - used < FRESH || Connector.answers(open)) {
        return open;
      }
      drop();
    }
    JedisException last = failure;
    if (closed || last != null && System.nanoTime() - retryAt < 0) {
      throw RedisUnavailable.unreachable(
          last == null ? new JedisConnectionException("the broker is closed") : last);
    }
    try {
      open = connector.openForCommands(name);
      failure = null;
      backoff.reset();
      used = System.nanoTime();
      wire = open;
      if (closed) {
        drop();
      }
      return open;
    } catch (JedisException e) {
      failed(e);
      throw RedisUnavailable.unreachable(e);
    }
  }

  private void failed(JedisException e) {
    if (failure == null) {
      LOG.log(Level.WARNING, "Redis cannot be reached by {0}: {1}", name, e.getMessage());
    }
    failure = e;
    retryAt = System.nanoTime() + backoff.nextNanos();
  }

  /** A server that is no primary any more will not become one soon: look for the new one. */
  private static boolean isPrimary(JedisDataException error) {
    String text = String.valueOf(error.getMessage());
    return !text.contains("READONLY") && !text.contains("MASTERDOWN");
  }

  private void drop() {
    Wire open = wire;
    if (open != null) {
      open.close();
      wire = null;
    }
  }

  /** May be called by any thread; what is under way fails. */
  @Override
  public void close() {
    closed = true;
    Wire open = wire;
    if (open != null) {
      open.close();
    }
  }
}
