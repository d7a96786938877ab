package io.pharos.stomp;

import io.pharos.hub.Feed;
import io.pharos.hub.Flow;
import io.pharos.hub.Hub;
import io.pharos.message.Destination;
import io.pharos.message.DestinationPattern;
import io.pharos.message.PharosException;
import io.pharos.message.PharosException.Code;
import io.pharos.session.Session;
import io.pharos.session.Subscription;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
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

  /**
   * @param window how many messages it may have unacknowledged; 0 where there are none
   */
  private record Held(Feed feed, int window) {}

  private final Hub hub;
  private final Session session;
  private final Acknowledgements acknowledgements;
  private final StompSettings settings;
  private final HandlerCalls calls;
  private final Map<String, Held> feeds = new HashMap<>(2);
  private long unacknowledged;

  Subscriptions(
      Hub hub,
      Session session,
      Acknowledgements acknowledgements,
      StompSettings settings,
      HandlerCalls calls) {
    this.hub = hub;
    this.session = session;
    this.acknowledgements = acknowledgements;
    this.settings = settings;
    this.calls = calls;
  }

  /** Subscribes; messages flow once the caller starts the feed. */
  Feed subscribe(Frame frame, Version version) {
    String destination = RequiredHeader.of(frame, "destination");
    String id = id(frame, version, destination);
    AckMode mode = AckMode.parse(frame.header("ack"), version);
    var flow = new Flow(mode.acknowledgement(), Prefetch.parse(frame.header("prefetch-count")));
    if (frame.header("selector") != null) {
      throw new PharosException(Code.UNSUPPORTED, "selectors are not supported");
    }
    if (feeds.containsKey(id)) {
      throw PharosException.badRequest(
          id.startsWith(WITHOUT_ID)
              ? "the destination is subscribed to already: a second subscription needs an id"
              : "a subscription of this id is open already");
    }
    DestinationPattern pattern = session.identity().subscription(destination);
    int window = mode == AckMode.AUTO && !pattern.value().startsWith("/queue/") ? 0 : flow.window();
    checkLimits(window);
    if (HandlerCalls.isFor(pattern)) {
      Feed answer = calls.subscribe(id, pattern, mode, this);
      feeds.put(id, new Held(answer, 0));
      return answer;
    }
    var resume = ResumeHeader.parse(frame.header(ResumeHeader.NAME), pattern);
    Feed feed = hub.subscribe(session, id, pattern, resume, flow);
    if (mode != AckMode.AUTO) {
      acknowledgements.expect(feed.subscription(), mode);
    }
    feeds.put(id, new Held(feed, window));
    unacknowledged += window;
    return feed;
  }

  private void checkLimits(int window) {
    if (feeds.size() >= settings.maxSubscriptions()) {
      throw new PharosException(
          Code.LIMIT_EXCEEDED,
          "a session has no more than " + settings.maxSubscriptions() + " subscriptions");
    }
    if (unacknowledged + window > settings.maxUnacknowledged()) {
      throw new PharosException(
          Code.LIMIT_EXCEEDED,
          "a session's subscriptions have no more than "
              + settings.maxUnacknowledged()
              + " unacknowledged messages together: ask for less with prefetch-count");
    }
  }

  /** The open subscription of this id, or null. */
  @Nullable Feed get(String id) {
    Held held = feeds.get(id);
    return held == null ? null : held.feed();
  }

  /** The subscriptions that take in a destination. */
  void forEach(Destination destination, Consumer<Subscription> action) {
    for (Held held : feeds.values()) {
      if (held.feed().subscription().pattern().matches(destination)) {
        action.accept(held.feed().subscription());
      }
    }
  }

  /** Ends a subscription: nothing that is queued for it is written any more. */
  void unsubscribe(Frame frame, Version version) {
    boolean byDestination = version == Version.V1_0 && frame.header("id") == null;
    String id =
        byDestination
            ? WITHOUT_ID + RequiredHeader.of(frame, "destination")
            : RequiredHeader.of(frame, "id");
    Held held = feeds.remove(id);
    if (held == null) {
      throw PharosException.badRequest(
          "no subscription has this " + (byDestination ? "destination" : "id"));
    }
    unacknowledged -= held.window();
    held.feed().close();
    acknowledgements.forget(held.feed().subscription());
  }

  void closeAll() {
    feeds.values().forEach(held -> held.feed().close());
    feeds.clear();
  }

  private static String id(Frame frame, Version version, String destination) {
    if (version == Version.V1_0 && frame.header("id") == null) {
      return WITHOUT_ID + destination;
    }
    String id = RequiredHeader.of(frame, "id");
    if (id.length() > MAX_ID) {
      throw PharosException.badRequest("id is longer than " + MAX_ID + " characters");
    }
    return id;
  }
}
