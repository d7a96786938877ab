package io.pharos.redis;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Protocol.Command;

/** What the members say to Redis. Blocks until it is answered, for a bounded time. */
final class MemberCalls {
  /** How long what is known of the members outlives all of them. */
  private static final Duration LIFE = Duration.ofHours(24);

  private final Calls calls;
  private final Names names;
  private final Dialect dialect;
  private final SecureRandom random = new SecureRandom();

  MemberCalls(Calls calls, Names names, Dialect dialect) {
    this.calls = calls;
    this.names = names;
    this.dialect = dialect;
  }

  /** Sixteen digits that nobody can guess. */
  String randomWord() {
    byte[] bytes = new byte[8];
    random.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  /** Begins the call of a script on behalf of an incarnation. */
  CommandArguments script(Script script, String incarnation) {
    CommandArguments call = script.call(7);
    for (String kind : List.of("leases", "nodes", "ids", "membership", "present", "events")) {
      call.key(names.members(kind));
    }
    return call.key(names.members("seats") + incarnation)
        .add(incarnation)
        .add(randomWord())
        .add(LIFE.toMillis());
  }

  /** Begins a command on the list of events that wait. */
  CommandArguments events(Command command) {
    return new CommandArguments(command).key(names.members("events"));
  }

  /** The channel by which all members are reached, or the one with this address. */
  Channel channel(String address) {
    return dialect.channel(names.members("control") + address);
  }

  /** Tells all members something, or the one with this address. */
  void tell(String address, byte[] message) {
    call(new CommandArguments(dialect.publish()).key(channel(address).name()).add(message));
  }

  /**
   * What Redis answers.
   *
   * @throws RedisUnavailable when it does not, or refuses a command
   */
  List<@Nullable Object> call(List<CommandArguments> commands) {
    return calls.call(commands);
  }

  @Nullable Object call(CommandArguments command) {
    return calls.call(command);
  }

  static String text(@Nullable Object answer) {
    return answer instanceof byte[] bytes ? new String(bytes, StandardCharsets.UTF_8) : "";
  }
}
