package io.pharos.redis;

import io.pharos.message.Destination;
import io.pharos.message.PharosException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Protocol.Command;

/**
 * The destinations that have a log: a sorted set by when each was last noted, which is when its log
 * was made and then about once an hour while it is used.
 */
final class Index {
  private final Names names;

  Index(Names names) {
    this.names = names;
  }

  /**
   * Notes that the destinations are in use, and forgets those that have not been for long.
   *
   * @param now Redis' clock, in milliseconds
   */
  List<CommandArguments> note(List<Destination> destinations, long now) {
    CommandArguments add = new CommandArguments(Command.ZADD).key(names.index());
    destinations.forEach(each -> add.add(now).add(each.value()));
    long life = LogSettings.IDLE.toMillis() * 2;
    return List.of(
        add,
        new CommandArguments(Command.ZREMRANGEBYSCORE)
            .key(names.index())
            .add("-inf")
            .add(now - life),
        new CommandArguments(Command.PEXPIRE).key(names.index()).add(life));
  }

  /** Lists what was noted since then, by Redis' clock. */
  CommandArguments notedSince(long millis) {
    return new CommandArguments(Command.ZRANGEBYSCORE).key(names.index()).add(millis).add("+inf");
  }

  /** What {@link #notedSince} is answered with. */
  static List<Destination> destinations(@Nullable Object answer) {
    var destinations = new ArrayList<Destination>();
    if (answer instanceof List<?> members) {
      for (Object member : members) {
        try {
          destinations.add(Destination.of(new String((byte[]) member, StandardCharsets.UTF_8)));
        } catch (PharosException e) {
          // Not written by us.
        }
      }
    }
    return destinations;
  }
}
