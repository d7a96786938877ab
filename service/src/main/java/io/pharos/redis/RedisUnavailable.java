package io.pharos.redis;

import io.pharos.message.PharosException;
import java.util.EnumSet;
import java.util.Set;
import redis.clients.jedis.exceptions.JedisDataException;

/**
 * Redis cannot do it now. To whoever publishes, the sentence says whether anything may have been
 * stored; what Redis said itself is the cause, for the log.
 */
final class RedisUnavailable extends PharosException {
  private static final long serialVersionUID = 1L;

  /** What has become of what was to be stored. */
  private enum Stored {
    NOTHING("; nothing was stored"),
    UNKNOWN(": whether something was stored is unknown"),
    /** The sentence says it, or nobody asks. */
    SAID("");

    private final String sentence;

    Stored(String sentence) {
      this.sentence = sentence;
    }
  }

  private final String sentence;
  private final Stored stored;

  private RedisUnavailable(String sentence, Stored stored, Throwable cause) {
    super(Code.UNAVAILABLE, sentence, cause);
    this.sentence = sentence;
    this.stored = stored;
  }

  /** Whether it is certain that Redis has done nothing. */
  boolean nothingStored() {
    return stored == Stored.NOTHING;
  }

  /** The same for somebody who publishes. */
  RedisUnavailable ofPublication() {
    return new RedisUnavailable(sentence + stored.sentence, Stored.SAID, this);
  }

  /** The same for a caller of whose publications some were stored all the same. */
  RedisUnavailable besides(int others) {
    return others == 0
        ? this
        : new RedisUnavailable(
            sentence + "; " + others + " of the publications were stored", Stored.SAID, this);
  }

  /** No connection, or none to a primary: the command was not sent. */
  static RedisUnavailable unreachable(Throwable cause) {
    return switch (cause) {
      case JedisDataException refusal ->
          new RedisUnavailable(refused(refusal).sentence, Stored.NOTHING, refusal);
      case ReplicaException replica ->
          new RedisUnavailable(Refusal.READONLY.sentence, Stored.NOTHING, replica);
      default -> new RedisUnavailable("Redis cannot be reached", Stored.NOTHING, cause);
    };
  }

  /** The command waited for its turn until its time was over. */
  static RedisUnavailable busy(Throwable cause) {
    return new RedisUnavailable("Redis does not keep up", Stored.NOTHING, cause);
  }

  /** The command was sent, and no answer came. */
  static RedisUnavailable unanswered(Throwable cause) {
    return new RedisUnavailable("Redis has not answered", Stored.UNKNOWN, cause);
  }

  /** A batch that is stored in parts was not stored as a whole. */
  static RedisUnavailable partly(Throwable cause) {
    return new RedisUnavailable(
        "Redis has not taken all: some of the publications may be stored", Stored.SAID, cause);
  }

  /** The listening connection did not confirm in time. */
  static RedisUnavailable unconfirmed(Throwable cause) {
    return new RedisUnavailable("Redis has not confirmed the subscription", Stored.SAID, cause);
  }

  /** Redis answered with an error; the ones named here come before anything is executed. */
  static RedisUnavailable refused(JedisDataException error) {
    String text = String.valueOf(error.getMessage());
    // Within a script, Redis 7 puts the code first, Redis 6 quotes it.
    for (Refusal refusal : Refusal.values()) {
      if (text.startsWith(refusal.name()) || text.contains("-" + refusal.name() + " ")) {
        return new RedisUnavailable(refusal.sentence, Stored.NOTHING, error);
      }
    }
    return text.contains("maxmemory")
        ? new RedisUnavailable(Refusal.OOM.sentence, Stored.NOTHING, error)
        : new RedisUnavailable("Redis refused the command", Stored.UNKNOWN, error);
  }

  /** Whether a cluster may do the same soon, and has done nothing yet. */
  static boolean isPassing(JedisDataException error) {
    String text = String.valueOf(error.getMessage());
    return Refusal.PASSING.stream().anyMatch(refusal -> text.startsWith(refusal.name()));
  }

  private enum Refusal {
    OOM("Redis has no memory left"),
    READONLY("Redis is a replica at the moment and takes no messages"),
    LOADING("Redis is still loading its data"),
    MASTERDOWN("Redis has lost its primary"),
    CLUSTERDOWN("the Redis cluster is down"),
    TRYAGAIN("the Redis cluster is moving this destination"),
    MOVED("the Redis cluster has moved this destination"),
    ASK("the Redis cluster is moving this destination"),
    MISCONF("Redis cannot write to its disk"),
    NOREPLICAS("Redis has too few replicas"),
    BUSY("Redis is busy with a script"),
    NOAUTH("Redis asks for a password"),
    WRONGPASS("Redis refused the password"),
    NOPERM("Redis lacks a permission for this user"),
    WRONGTYPE("a key of this destination in Redis belongs to something else");

    private static final Set<Refusal> PASSING =
        EnumSet.of(READONLY, LOADING, MASTERDOWN, CLUSTERDOWN, TRYAGAIN);

    private final String sentence;

    Refusal(String sentence) {
      this.sentence = sentence;
    }
  }
}
