package io.pharos.message;

/**
 * Where messages are published to and subscribed from, in its one normal form: {@code /topic/…},
 * {@code /queue/…}, {@code /user/NAME/queue/…} or {@code /app/…}.
 *
 * <p>A destination is at most {@value #MAX_BYTES} bytes of UTF-8 in Unicode NFC. Its segments are
 * not empty and hold no white space, control, format, private or unassigned character, nor any of
 * {@code * ? # \ % " < > [ ] { } ^ ` |}; {@code .} and {@code ..} are not segments. Names are case
 * sensitive. A client never sees {@code /user/NAME/…} of itself: it says {@code /user/queue/X}, and
 * {@link #ofUser} makes the destination of it.
 */
public record Destination(String value) implements Comparable<Destination> {
  public static final int MAX_BYTES = 512;

  /** What a destination's first segment means. */
  public enum Kind {
    TOPIC,
    QUEUE,
    USER,
    APP
  }

  public Destination {
    DestinationSyntax.check("destination", value, false);
    if (kindOf(value) == Kind.USER) {
      UserName.ofSegment(value.substring(6, value.indexOf('/', 6)));
    }
  }

  /**
   * Parses what a publisher names. {@code /user/queue/X} is not one: it means something only to its
   * own client.
   */
  public static Destination of(String value) {
    return new Destination(value);
  }

  /** The private destination of a user: {@code suffix} is {@code /queue/X}. */
  public static Destination ofUser(UserName user, String suffix) {
    return new Destination("/user/" + user.segment() + suffix);
  }

  public Kind kind() {
    return kindOf(value);
  }

  /** The user that a {@link Kind#USER} destination belongs to. */
  public UserName user() {
    if (kind() != Kind.USER) {
      throw new IllegalStateException(value + " belongs to no user");
    }
    return UserName.ofSegment(value.substring(6, value.indexOf('/', 6)));
  }

  /**
   * How the owner of a {@link Kind#USER} destination names it, {@code /user/queue/X}; any other one
   * unchanged.
   */
  public String asSeenByClient() {
    return kind() == Kind.USER ? "/user" + value.substring(value.indexOf('/', 6)) : value;
  }

  @Override
  public int compareTo(Destination other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }

  private static Kind kindOf(String value) {
    if (value.startsWith("/topic/")) {
      return Kind.TOPIC;
    }
    if (value.startsWith("/queue/")) {
      return Kind.QUEUE;
    }
    if (value.startsWith("/app/")) {
      return Kind.APP;
    }
    if (value.startsWith("/user/")) {
      int end = value.indexOf('/', 6);
      if (end > 6 && value.startsWith("/queue/", end) && value.length() > end + 7) {
        return Kind.USER;
      }
      throw PharosException.badRequest(
          "destination '"
              + value
              + "' names no user's queue: publish to /user/NAME/queue/X, subscribe to"
              + " /user/queue/X");
    }
    throw PharosException.badRequest(
        "destination '"
            + value
            + "' is unknown: allowed are /topic/…, /queue/…, /user/NAME/queue/… and /app/…");
  }
}
