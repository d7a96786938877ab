package io.pharos.redis;

import io.pharos.message.PharosException;
import redis.clients.jedis.exceptions.JedisDataException;

/**
 * Redis cannot do it now. The sentence says whether anything may have been stored; what Redis said
 * itself is the cause, for the log.
 */
final class RedisUnavailable extends PharosException {
  private static final long serialVersionUID = 1L;

  private static final String NOTHING_STORED = "; nothing was stored";

  private RedisUnavailable(String detail, Throwable cause) {
    super(Code.UNAVAILABLE, detail, cause);
  }

  /** No connection: the command was not sent. */
  static RedisUnavailable unreachable(Throwable cause) {
    return new RedisUnavailable("Redis cannot be reached" + NOTHING_STORED, cause);
  }

  /** The command waited for its turn until its time was over. */
  static RedisUnavailable busy(Throwable cause) {
    return new RedisUnavailable("Redis does not keep up" + NOTHING_STORED, cause);
  }

  /** The command was sent, and no answer came. */
  static RedisUnavailable unanswered(Throwable cause) {
    return new RedisUnavailable(
        "Redis has not answered: whether something was stored is unknown", cause);
  }

  /** The listening connection did not confirm in time. */
  static RedisUnavailable unconfirmed(Throwable cause) {
    return new RedisUnavailable("Redis has not confirmed the subscription", cause);
  }

  /** Redis answered with an error; the ones named here come before anything is executed. */
  static RedisUnavailable refused(JedisDataException error) {
    return new RedisUnavailable(sentence(String.valueOf(error.getMessage())), error);
  }

  private static String sentence(String error) {
    // Within a script, Redis 7 puts the code first, Redis 6 quotes it.
    for (Refusal refusal : Refusal.values()) {
      if (error.startsWith(refusal.name()) || error.contains("-" + refusal.name() + " ")) {
        return refusal.sentence + NOTHING_STORED;
      }
    }
    return error.contains("maxmemory")
        ? Refusal.OOM.sentence + NOTHING_STORED
        : "Redis refused the command";
  }

  private enum Refusal {
    OOM("Redis has no memory left"),
    READONLY("Redis is a replica at the moment and takes no messages"),
    LOADING("Redis is still loading its data"),
    MASTERDOWN("Redis has lost its primary"),
    CLUSTERDOWN("the Redis cluster is down"),
    TRYAGAIN("the Redis cluster is moving this destination"),
    MISCONF("Redis cannot write to its disk"),
    NOREPLICAS("Redis has too few replicas"),
    BUSY("Redis is busy with a script"),
    NOAUTH("Redis asks for a password"),
    WRONGPASS("Redis refused the password"),
    NOPERM("Redis lacks a permission for this user"),
    WRONGTYPE("a key of this destination in Redis belongs to something else");

    private final String sentence;

    Refusal(String sentence) {
      this.sentence = sentence;
    }
  }
}
