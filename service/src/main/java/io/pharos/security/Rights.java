package io.pharos.security;

import io.pharos.message.Destination;
import io.pharos.message.DestinationPattern;
import io.pharos.message.PharosException;
import io.pharos.message.UserName;
import java.util.List;

/**
 * What a user may do: nothing but what is listed. The right to subscribe is also the right to read
 * history and presence; {@code admin} gives neither, only the management calls.
 *
 * <p>A pattern that starts with {@code /user/queue/} stands for the caller's own queues; {@code
 * /user/NAME/queue/…} and {@code /user/*}{@code /queue/…} stand for those of others, and are of use
 * only to publishers: nobody ever subscribes to the queues of somebody else.
 */
public record Rights(
    List<DestinationPattern> subscribe, List<DestinationPattern> publish, boolean admin) {

  static final String OWN_QUEUES = "/user/queue/";

  /** The rights of a token without the {@code pharos} claim. */
  public static final Rights DEFAULT =
      new Rights(
          List.of(
              new DestinationPattern("/topic/**"),
              new DestinationPattern(OWN_QUEUES + "**"),
              new DestinationPattern("/app/**")),
          List.of(new DestinationPattern("/app/**")),
          false);

  /** No right at all. */
  public static final Rights NONE = new Rights(List.of(), List.of(), false);

  public Rights {
    subscribe = List.copyOf(subscribe);
    publish = List.copyOf(publish);
  }

  /**
   * Checks that the user may subscribe to everything that the pattern matches.
   *
   * @param pattern with the queues of a user in their full form, {@code /user/NAME/queue/X}
   * @throws PharosException FORBIDDEN
   */
  public void checkSubscribe(UserName user, DestinationPattern pattern) {
    String value = pattern.value();
    String own = "/user/" + user.segment() + "/queue/";
    if (value.startsWith(own)) {
      if (!impliesUserQueue(subscribe, user, pattern)) {
        throw missing("subscribe", OWN_QUEUES + value.substring(own.length()));
      }
    } else if (value.startsWith("/topic/")
        || value.startsWith("/queue/")
        || value.startsWith("/app/")) {
      if (subscribe.stream().noneMatch(right -> right.implies(pattern))) {
        throw missing("subscribe", value);
      }
    } else {
      boolean ofOthers = value.startsWith("/user/") || value.startsWith("/*");
      throw forbidden(
          "'"
              + value
              + (ofOthers ? "' may take in queues of other users" : "' is unknown")
              + ": subscribe to /topic/…, /queue/…, /app/… or /user/queue/…");
    }
  }

  /**
   * Checks that the user may publish to the destination.
   *
   * @throws PharosException FORBIDDEN
   */
  public void checkPublish(UserName user, Destination destination) {
    boolean granted =
        destination.kind() == Destination.Kind.USER
            ? impliesUserQueue(publish, user, DestinationPattern.of(destination))
            : publish.stream().anyMatch(right -> right.matches(destination));
    if (!granted) {
      throw missing("publish", destination.value());
    }
  }

  /**
   * Checks that the user may call what manages the server.
   *
   * @throws PharosException FORBIDDEN
   */
  public void checkAdmin() {
    if (!admin) {
      throw forbidden("the token lacks the right 'admin'");
    }
  }

  static PharosException forbidden(String detail) {
    return new PharosException(PharosException.Code.FORBIDDEN, detail);
  }

  private static PharosException missing(String right, String destination) {
    return forbidden("the token lacks the right to " + right + " to '" + destination + "'");
  }

  /**
   * A right that starts with {@code /user/queue/} never names a user called "queue": it is compared
   * in its owner's form, and every other right in the full form.
   */
  private static boolean impliesUserQueue(
      List<DestinationPattern> rights, UserName caller, DestinationPattern queue) {
    String own = "/user/" + caller.segment() + "/queue/";
    for (DestinationPattern right : rights) {
      boolean ownQueues = right.value().startsWith(OWN_QUEUES);
      if (!ownQueues && right.implies(queue)) {
        return true;
      }
      if (ownQueues && queue.value().startsWith(own)) {
        String rest = queue.value().substring(own.length());
        if (right.implies(new DestinationPattern(OWN_QUEUES + rest))) {
          return true;
        }
      }
    }
    return false;
  }
}
