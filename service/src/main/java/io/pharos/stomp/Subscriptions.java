package io.pharos.stomp;

import io.pharos.hub.Feed;
import io.pharos.hub.Hub;
import io.pharos.message.DestinationPattern;
import io.pharos.message.PharosException;
import io.pharos.message.PharosException.Code;
import io.pharos.session.Session;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A client's subscriptions by its own ids: SUBSCRIBE and UNSUBSCRIBE. Used by one thread at a time.
 */
final class Subscriptions {
  /**
   * Begins the id of a subscription that the client gave none, which 1.0 allows. No client can send
   * it and no header express it, so that MESSAGE names no subscription then, as it should.
   */
  private static final String WITHOUT_ID = "\0";

  /** Longest id of a client's own, in characters: it is repeated in every message. */
  private static final int MAX_ID = 255;

  private final Hub hub;
  private final Session session;
  private final int max;
  private final Map<String, Feed> feeds = new HashMap<>(2);

  Subscriptions(Hub hub, Session session, int max) {
    this.hub = hub;
    this.session = session;
    this.max = max;
  }

  /** Subscribes; messages flow once the caller starts the feed. */
  Feed subscribe(Frame frame, Version version) {
    String destination = required(frame, "destination");
    String id = id(frame, version, destination);
    checkAck(frame.header("ack"), version);
    if (frame.header("selector") != null) {
      throw new PharosException(Code.UNSUPPORTED, "selectors are not supported");
    }
    if (feeds.containsKey(id)) {
      throw PharosException.badRequest(
          id.startsWith(WITHOUT_ID)
              ? "the destination is subscribed to already: a second subscription needs an id"
              : "a subscription of this id is open already");
    }
    if (feeds.size() >= max) {
      throw new PharosException(
          Code.LIMIT_EXCEEDED, "a session has no more than " + max + " subscriptions");
    }
    DestinationPattern pattern = session.identity().subscription(destination);
    var resume = ResumeHeader.parse(frame.header(ResumeHeader.NAME), pattern);
    Feed feed = hub.subscribe(session, id, pattern, resume);
    feeds.put(id, feed);
    return feed;
  }

  /** Ends a subscription: nothing that is queued for it is written any more. */
  void unsubscribe(Frame frame, Version version) {
    boolean byDestination = version == Version.V1_0 && frame.header("id") == null;
    String id = byDestination ? WITHOUT_ID + required(frame, "destination") : required(frame, "id");
    Feed feed = feeds.remove(id);
    if (feed == null) {
      throw PharosException.badRequest(
          "no subscription has this " + (byDestination ? "destination" : "id"));
    }
    feed.close();
  }

  void closeAll() {
    feeds.values().forEach(Feed::close);
    feeds.clear();
  }

  private static String id(Frame frame, Version version, String destination) {
    if (version == Version.V1_0 && frame.header("id") == null) {
      return WITHOUT_ID + destination;
    }
    String id = required(frame, "id");
    if (id.length() > MAX_ID) {
      throw PharosException.badRequest("id is longer than " + MAX_ID + " characters");
    }
    return id;
  }

  private static void checkAck(@Nullable String ack, Version version) {
    boolean known =
        ack == null
            || ack.equals("auto")
            || ack.equals("client")
            || ack.equals("client-individual") && version != Version.V1_0;
    if (!known) {
      throw PharosException.badRequest("ack must be auto, client or client-individual");
    }
    if (ack != null && !ack.equals("auto")) {
      throw new PharosException(
          Code.UNSUPPORTED, "ack:" + ack + " is not supported yet: use ack:auto");
    }
  }

  private static String required(Frame frame, String name) {
    String value = frame.header(name);
    if (value == null) {
      throw PharosException.badRequest(frame.command() + " needs the header '" + name + "'");
    }
    return value;
  }
}
