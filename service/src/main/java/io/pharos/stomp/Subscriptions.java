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
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A client's subscriptions by its own ids: SUBSCRIBE and UNSUBSCRIBE. Used by one thread at a time.
 */
final class Subscriptions implements SubscriptionLookup {
  /**
   * Begins the id of a subscription that the client gave none, which 1.0 allows. No client can send
   * it and no header express it, so that MESSAGE names no subscription then, as it should.
   */
  private static final String WITHOUT_ID = "\0";

  private final Hub hub;
  private final Session session;
  private final Acknowledgements acknowledgements;
  private final HandlerCalls calls;
  private final Map<String, Feed> feeds = new HashMap<>(2);
  private final Windows windows;

  Subscriptions(
      Hub hub,
      Session session,
      Acknowledgements acknowledgements,
      StompSettings settings,
      HandlerCalls calls) {
    this.hub = hub;
    this.session = session;
    this.acknowledgements = acknowledgements;
    this.calls = calls;
    this.windows = new Windows(settings);
  }

  /**
   * Subscribes; messages flow once the caller starts the feed.
   *
   * @param all where a message handler that is asked finds the session's subscriptions
   */
  Feed subscribe(Frame frame, Version version, SubscriptionLookup all) {
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
    windows.check(window);
    if (HandlerCalls.isFor(pattern)) {
      Feed answer = calls.subscribe(id, pattern, mode, all);
      windows.open(id, 0);
      feeds.put(id, answer);
      return answer;
    }
    var resume = ResumeHeader.parse(frame.header(ResumeHeader.NAME), pattern);
    Feed feed = hub.subscribe(session, id, pattern, resume, flow);
    if (mode != AckMode.AUTO) {
      acknowledgements.expect(feed.subscription(), mode);
    }
    windows.open(id, window);
    feeds.put(id, feed);
    return feed;
  }

  /** How the client can tell a subscription from others: its id, or the destination without one. */
  static String nameOf(Subscription subscription) {
    String id = subscription.id();
    return id.startsWith(WITHOUT_ID) ? id.substring(WITHOUT_ID.length()) : id;
  }

  /** The open subscription of this id, or null. */
  @Nullable Feed get(String id) {
    return feeds.get(id);
  }

  @Override
  public void forEach(Destination destination, Consumer<Subscription> action) {
    for (Feed feed : feeds.values()) {
      if (feed.subscription().pattern().matches(destination)) {
        action.accept(feed.subscription());
      }
    }
  }

  /** Ends a subscription: nothing that is queued for it is written any more. */
  void unsubscribe(Frame frame, Version version) {
    boolean byDestination = version == Version.V1_0 && frame.header("id") == null;
    String id =
        byDestination
            ? idOfDestination(RequiredHeader.of(frame, "destination"))
            : RequiredHeader.of(frame, "id");
    @Nullable Feed feed = feeds.remove(id);
    if (feed == null) {
      throw PharosException.badRequest(
          "no subscription has this " + (byDestination ? "destination" : "id"));
    }
    windows.close(id);
    feed.close();
    acknowledgements.forget(feed.subscription());
  }

  /**
   * The subscription that was made without an id, or else the only one there is: 1.0 does not say
   * that a subscription which has an id cannot be named by its destination.
   */
  private String idOfDestination(String destination) {
    String without = WITHOUT_ID + destination;
    if (feeds.containsKey(without)) {
      return without;
    }
    String pattern = session.identity().subscription(destination).value();
    List<String> ids =
        feeds.values().stream()
            .map(Feed::subscription)
            .filter(subscription -> subscription.pattern().value().equals(pattern))
            .map(Subscription::id)
            .toList();
    if (ids.size() > 1) {
      throw PharosException.badRequest(
          "several subscriptions have this destination: name one by its id");
    }
    return ids.isEmpty() ? without : ids.getFirst();
  }

  void closeAll() {
    feeds.values().forEach(Feed::close);
    feeds.clear();
  }

  private static String id(Frame frame, Version version, String destination) {
    if (version == Version.V1_0 && frame.header("id") == null) {
      return WITHOUT_ID + destination;
    }
    return SubscriptionId.of(frame);
  }
}
