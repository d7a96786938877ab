package io.pharos.redis;

import io.pharos.message.Destination;
import io.pharos.message.PharosException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Protocol.Command;

/**
 * The destinations that have a log: a sorted set by when each was last noted, which is when its log
 * was made and then about once an hour while it is used. Only wildcards ask for it. A log remembers
 * that it is noted after it was; until then whoever uses it notes it again.
 */
final class Index {
  private final Names names;
  private final Calls calls;
  private final Dialect dialect;
  private final Executor executor;

  /** In use, and perhaps not in the index. */
  private final Set<Destination> owed = ConcurrentHashMap.newKeySet();

  /**
   * @param executor runs what nobody waits for, and what blocks
   */
  Index(Names names, Calls calls, Dialect dialect, Executor executor) {
    this.names = names;
    this.calls = calls;
    this.dialect = dialect;
    this.executor = executor;
  }

  /** Where whoever listens hears of what is noted: destinations, one a line. */
  Channel channel() {
    return dialect.channel(names.indexChannel());
  }

  /** Notes that the destinations are in use; when Redis is away, {@link #settle} does so later. */
  void note(Collection<Destination> destinations) {
    if (!destinations.isEmpty()) {
      owed.addAll(destinations);
      try {
        write(destinations);
      } catch (PharosException e) {
        // They are owed.
      }
    }
  }

  /**
   * Notes what could not be noted before.
   *
   * @throws RedisUnavailable when it still cannot
   */
  void settle() {
    List<Destination> all = List.copyOf(owed);
    if (!all.isEmpty()) {
      write(all);
    }
  }

  private void write(Collection<Destination> destinations) {
    CommandArguments note =
        Script.NOTE
            .call(1)
            .key(names.index())
            .add(LogSettings.IDLE.toMillis() * 2)
            .add(dialect.publish().name())
            .add(names.indexChannel());
    destinations.forEach(each -> note.add(each.value()));
    calls.call(note);
    destinations.forEach(owed::remove);
    executor.execute(() -> remember(destinations));
  }

  private void remember(Collection<Destination> destinations) {
    try {
      calls.call(
          destinations.stream().map(each -> Script.NOTED.call(1).key(names.log(each))).toList());
    } catch (PharosException e) {
      // Whoever uses them next notes them once more.
    }
  }

  /** Lists what was noted since then, by Redis' clock. */
  List<Destination> notedSince(long millis) {
    var command =
        new CommandArguments(Command.ZRANGEBYSCORE).key(names.index()).add(millis).add("+inf");
    return destinations(calls.call(command));
  }

  /** The clock by which things are noted, in milliseconds. */
  long time() {
    var any = new CommandArguments(Command.EXISTS).key(names.index());
    List<?> time = (List<?>) calls.call(List.of(any, new CommandArguments(Command.TIME))).getLast();
    return time == null
        ? 0
        : Long.parseLong(text(time.getFirst())) * 1000
            + Long.parseLong(text(time.getLast())) / 1000;
  }

  private static String text(@Nullable Object bytes) {
    return bytes instanceof byte[] array ? new String(array, StandardCharsets.US_ASCII) : "0";
  }

  /** Reads a list of destinations. */
  static List<Destination> destinations(@Nullable Object answer) {
    var destinations = new ArrayList<Destination>();
    if (answer instanceof List<?> members) {
      for (Object member : members) {
        add(new String((byte[]) member, StandardCharsets.UTF_8), destinations);
      }
    }
    return destinations;
  }

  /** Reads what comes on {@link #channel}. */
  static List<Destination> heard(byte[] payload) {
    var destinations = new ArrayList<Destination>();
    for (String line : new String(payload, StandardCharsets.UTF_8).split("\n", -1)) {
      add(line, destinations);
    }
    return destinations;
  }

  private static void add(String value, List<Destination> destinations) {
    try {
      destinations.add(Destination.of(value));
    } catch (PharosException e) {
      // Not written by us.
    }
  }
}
