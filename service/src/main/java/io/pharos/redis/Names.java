package io.pharos.redis;

import io.pharos.message.Destination;
import io.pharos.message.DestinationPattern;
import io.pharos.queue.DeadLetters;

/**
 * What things are called in Redis: {@code PREFIX:KIND:{TAG}REST}. The tag is the destination or,
 * for a user's, {@code /user/NAME}, so that one destination is one hash slot and one user is one
 * channel. Destinations hold none of <code>{ } [ ] ? \ ^</code>, and a {@code *} only in patterns,
 * so they can stand in tags and globs as they are; no white space, so that a key's name cannot be
 * another one's.
 */
final class Names {
  private final String prefix;

  /**
   * @param prefix 1 to 64 letters, digits or {@code . _ : -}
   */
  Names(String prefix) {
    if (!isPrefix(prefix)) {
      throw new IllegalArgumentException(
          "'" + prefix + "' is no prefix; allowed are 1 to 64 letters, digits and . _ : -");
    }
    this.prefix = prefix;
  }

  static boolean isPrefix(String prefix) {
    return prefix.matches("[A-Za-z0-9._:-]{1,64}");
  }

  String log(Destination destination) {
    return prefix + ":log:" + tagged(destination);
  }

  String stream(Destination destination) {
    return prefix + ":stream:" + tagged(destination);
  }

  String idempotency(Destination destination, String key) {
    return prefix + ":key:" + tagged(destination) + " " + key;
  }

  /** The sorted set of destinations that have a log, by when it was last noted. */
  String index() {
    return prefix + ":destinations";
  }

  /** The channel by which nodes hear what is put into the index; in the index' slot. */
  String indexChannel() {
    return prefix + ":noted:{" + index() + "}";
  }

  /** Written to find out whether writing is possible. */
  String probe(int number) {
    return prefix + ":probe:" + number;
  }

  /** Something that the members share; all of it is one hash slot. */
  String members(String kind) {
    return prefix + ":" + kind + ":{members}";
  }

  /** Where a destination's messages are handed out. */
  String channel(Destination destination) {
    return prefix + ":messages:{" + tag(destination) + "}";
  }

  /** The channels that a pattern's messages come by; they may carry others, too. */
  Channel channel(DestinationPattern pattern) {
    String value = pattern.value();
    if (pattern.isLiteral()) {
      return new Channel(channel(Destination.of(value)), Channel.Kind.EXACT);
    }
    String tag = value.replace("**", "*");
    if (value.startsWith("/user/")) {
      int end = value.indexOf('/', 6);
      tag = end < 0 ? "/user/*" : value.substring(0, end);
    } else if (value.startsWith("/*")) {
      tag = "/*";
    }
    return new Channel(
        prefix + ":messages:{" + tag + "}",
        tag.indexOf('*') < 0 ? Channel.Kind.EXACT : Channel.Kind.GLOB);
  }

  /** Something of a work queue; all of it and of its dead-letter queue is one hash slot. */
  String queue(String kind, Destination queue) {
    boolean dead = DeadLetters.isFor(queue);
    String base = dead ? DeadLetters.source(queue).value() : queue.value();
    return prefix + ":" + kind + ":{" + base + "}" + (dead ? " dead" : "");
  }

  /** The set of work queues that there may be. */
  String queues() {
    return prefix + ":queues";
  }

  private static String tag(Destination destination) {
    String value = destination.value();
    return destination.kind() == Destination.Kind.USER
        ? value.substring(0, value.indexOf('/', 6))
        : value;
  }

  private static String tagged(Destination destination) {
    String tag = tag(destination);
    return "{" + tag + "}" + destination.value().substring(tag.length());
  }
}
