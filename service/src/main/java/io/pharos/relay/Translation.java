package io.pharos.relay;

import io.pharos.message.Destination;
import io.pharos.message.Publication;
import io.pharos.stomp.Command;
import io.pharos.stomp.Frame;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Turns our frames into the broker's and back: names of destinations, and who may say what. */
final class Translation {
  /**
   * What a broker takes as an order when it comes with SEND: it would create queues, set limits or
   * reroute answers, all of them beyond the sender's rights, or refuse the frame and end the
   * connection.
   */
  private static final Set<String> ORDERS =
      Set.of(
          "reply-to",
          "expiration",
          "expires",
          "priority",
          "persistent",
          "delivery-mode",
          "durable",
          "auto-delete",
          "exclusive",
          "user-id",
          "cluster-id",
          "browser",
          "selector",
          "heart-beat",
          "session",
          "id",
          "login",
          "passcode");

  private static final List<String> ORDERS_BEGIN =
      List.of("x-", "amqp-", "amq_", "amq-", "amq.", "jms", "activemq.");

  /** What the broker says in MESSAGE beside what the protocol and the publisher say. */
  private static final Set<String> NOT_PASSED_ON =
      Set.of(
          "destination",
          "receipt",
          "transaction",
          "persistent",
          "content-length",
          "login",
          "passcode",
          "Authorization");

  private Translation() {}

  /** A checked frame as the broker should get it; the headers given come last. */
  static Frame toBroker(Frame frame, String... more) {
    var translated = Frame.of(frame.command());
    boolean sends = frame.command() == Command.SEND;
    frame.forEachHeader(
        (name, value) -> {
          if (name.equals("destination")) {
            translated.header(name, BrokerName.of(value).header());
          } else if (!sends || !isOrder(name)) {
            translated.header(name, value);
          }
        });
    String destination = frame.header("destination");
    if (sends && destination != null && destination.startsWith("/queue/")) {
      translated.header("persistent", "true");
    }
    String prefetch = frame.header("prefetch-count");
    if (prefetch != null) {
      translated.header("activemq.prefetchSize", prefetch);
    }
    for (int i = 0; i < more.length; i += 2) {
      translated.header(more[i], more[i + 1]);
    }
    return translated.body(frame.body()).build();
  }

  /** A publication as a frame, as a client would have sent it. */
  static Frame send(Publication publication) {
    var frame =
        Frame.of(Command.SEND)
            .header("destination", publication.destination().value())
            .headerIfPresent("content-type", publication.contentType());
    publication.headers().values().forEach(frame::header);
    return frame.body(publication.body().bytes()).build();
  }

  /** The broker's MESSAGE as the client should get it. Of a repeated header, the first counts. */
  static Frame toClient(Frame message, Destination destination) {
    var translated = Frame.of(Command.MESSAGE).header("destination", destination.asSeenByClient());
    var seen = new HashSet<String>();
    message.forEachHeader(
        (name, value) -> {
          boolean firstDelivery = name.equals("redelivered") && value.equals("false");
          if (!NOT_PASSED_ON.contains(name) && !firstDelivery && seen.add(name)) {
            translated.header(name, value);
          }
        });
    return translated.body(message.body()).build();
  }

  private static boolean isOrder(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return ORDERS.contains(lower) || ORDERS_BEGIN.stream().anyMatch(lower::startsWith);
  }
}
