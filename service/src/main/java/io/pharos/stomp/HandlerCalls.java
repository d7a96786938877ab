package io.pharos.stomp;

import io.pharos.hub.Feed;
import io.pharos.hub.HandlerReply;
import io.pharos.hub.HandlerRequest;
import io.pharos.hub.MessageHandlers;
import io.pharos.message.Body;
import io.pharos.message.Destination;
import io.pharos.message.DestinationPattern;
import io.pharos.message.Headers;
import io.pharos.message.PharosException;
import io.pharos.message.Publication;
import io.pharos.session.Session;
import io.pharos.session.Subscription;

/** SEND and SUBSCRIBE to {@code /app/…}: calls of the application's message handlers. */
final class HandlerCalls {
  private static final String PREFIX = "/app/";

  /** Begins the ids of answers, which are in no log. No position looks like one. */
  private static final String ANSWER = "answer-";

  private final MessageHandlers handlers;
  private final Session session;
  private final StompConnection connection;
  private int answers;

  HandlerCalls(MessageHandlers handlers, Session session, StompConnection connection) {
    this.handlers = handlers;
    this.session = session;
    this.connection = connection;
  }

  /**
   * Whether a frame runs application code. One that is in a transaction never does: it is refused
   * at COMMIT, since a handler's work cannot be taken back.
   */
  static boolean isFor(Frame frame) {
    String destination = frame.header("destination");
    return (frame.command() == Command.SEND || frame.command() == Command.SUBSCRIBE)
        && destination != null
        && destination.startsWith(PREFIX)
        && (frame.command() == Command.SUBSCRIBE || frame.header("transaction") == null);
  }

  static boolean isFor(DestinationPattern pattern) {
    return pattern.value().startsWith(PREFIX);
  }

  /**
   * Whether a {@code message-id} that a client sends back was an answer's: a position has one
   * hyphen, an answer's id has several.
   */
  static boolean isAnswer(String id) {
    return id.startsWith(ANSWER) && id.indexOf('-', ANSWER.length()) > 0;
  }

  /** Has a SEND processed. When this returns, it was. */
  void send(Frame frame, SubscriptionLookup subscriptions) {
    Publication publication = SendFrame.toPublication(frame);
    session.identity().checkPublish(publication.destination());
    handlers.send(request(publication, subscriptions));
  }

  /**
   * Has a SUBSCRIBE answered, once the feed is started. Nothing more comes for the subscription.
   */
  Feed subscribe(String id, DestinationPattern pattern, AckMode mode, SubscriptionLookup others) {
    if (mode != AckMode.AUTO) {
      throw PharosException.badRequest("a handler's answer is not acknowledged: ack must be auto");
    }
    if (!pattern.isLiteral()) {
      throw PharosException.badRequest(
          "a handler is asked for one destination: wildcards are not allowed in '" + pattern + "'");
    }
    var question =
        new Publication(Destination.of(pattern.value()), Body.EMPTY, null, Headers.NONE, null);
    HandlerReply reply = handlers.subscribe(request(question, others));
    var subscription = new Subscription(session, id, pattern);
    return new AnswerFeed(
        subscription,
        () -> {
          if (reply != null) {
            write(subscription, pattern.value(), reply);
          }
        });
  }

  private HandlerRequest request(Publication publication, SubscriptionLookup subscriptions) {
    return new HandlerRequest(
        session,
        publication,
        (destination, reply) ->
            subscriptions.forEach(
                destination,
                subscription -> write(subscription, destination.asSeenByClient(), reply)));
  }

  /**
   * An answer is not in any log: its id is no position, but as unique as one, and the session's.
   */
  private void write(Subscription subscription, String destination, HandlerReply reply) {
    var message =
        Frame.of(Command.MESSAGE)
            .header("subscription", subscription.id())
            .header("destination", destination)
            .header("message-id", ANSWER + session.id() + "-" + ++answers)
            .headerIfPresent("content-type", reply.contentType())
            .body(reply.body().bytes());
    session.offer(connection.reply(message.build()));
  }
}
