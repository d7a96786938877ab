package io.pharos.stomp;

import io.pharos.message.Destination;
import io.pharos.message.DestinationPattern;
import io.pharos.message.PharosException;
import io.pharos.message.PharosException.Code;
import io.pharos.message.Publication;
import io.pharos.session.Session;
import io.pharos.session.Subscription;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * A client's frames for topics, queues and user destinations where another broker answers for
 * these: checked like all others, stripped of what is not the client's to say to that broker, and
 * handed on. Used by one thread at a time.
 */
final class RelayedFrames implements SubscriptionLookup {
  private final Session session;
  private final RelayLink link;
  private final Version version;
  private final Windows windows;
  private final Map<String, Subscription> subscriptions = new HashMap<>(2);

  RelayedFrames(Session session, RelayLink link, StompSettings settings, Version version) {
    this.session = session;
    this.link = link;
    this.version = version;
    this.windows = new Windows(settings);
  }

  /**
   * Hands a frame on, with its receipt, if it is not for the application's handlers and not part of
   * a transaction.
   *
   * @return whether it did
   */
  boolean take(Frame frame) {
    return switch (frame.command()) {
      case SEND -> take(frame, isForHandlers(frame) || isHeldBack(frame));
      case ACK, NACK -> take(frame, isHeldBack(frame));
      case SUBSCRIBE -> take(frame, isForHandlers(frame));
      case UNSUBSCRIBE -> take(frame, !windows.isOpen(frame.header("id")));
      default -> false;
    };
  }

  private boolean take(Frame frame, boolean isOther) {
    if (isOther) {
      return false;
    }
    Frame checked =
        switch (frame.command()) {
          case SUBSCRIBE -> subscribe(frame);
          case UNSUBSCRIBE -> unsubscribe(frame);
          default -> work(frame).headerIfPresent("receipt", frame.header("receipt")).build();
        };
    link.forward(checked);
    return true;
  }

  /** Carries out what a transaction kept, all of which is checked first. */
  void commit(List<Frame> frames) {
    for (Frame frame : frames) {
      if (frame.command() == Command.SEND && isForHandlers(frame)) {
        throw new PharosException(
            Code.UNSUPPORTED, "what is sent to /app/… cannot be part of a transaction here");
      }
    }
    List<Frame> checked = frames.stream().map(frame -> work(frame).build()).toList();
    if (!checked.isEmpty()) {
      link.commit(checked);
    }
  }

  void finish() {
    link.finish();
  }

  @Override
  public void forEach(Destination destination, Consumer<Subscription> action) {
    for (Subscription each : subscriptions.values()) {
      if (each.pattern().matches(destination)) {
        action.accept(each);
      }
    }
  }

  private static boolean isForHandlers(Frame frame) {
    return RequiredHeader.of(frame, "destination").startsWith("/app/");
  }

  private static boolean isHeldBack(Frame frame) {
    return frame.header("transaction") != null;
  }

  private Frame.Builder work(Frame frame) {
    return frame.command() == Command.SEND ? send(frame) : answer(frame);
  }

  private Frame.Builder send(Frame frame) {
    Publication publication = SendFrame.toPublication(frame);
    session.identity().checkPublish(publication.destination());
    if (publication.idempotencyKey() != null) {
      throw new PharosException(
          Code.UNSUPPORTED, "idempotency keys are not kept by the broker that is behind this");
    }
    var checked =
        Frame.of(Command.SEND)
            .header("destination", publication.destination().value())
            .headerIfPresent("content-type", publication.contentType());
    publication.headers().values().forEach(checked::header);
    return checked.body(frame.body());
  }

  private Frame.Builder answer(Frame frame) {
    if (frame.command() == Command.NACK && version == Version.V1_0) {
      throw PharosException.badRequest("NACK is unknown to version 1.0");
    }
    if (version == Version.V1_2) {
      RequiredHeader.of(frame, "id");
    } else {
      RequiredHeader.of(frame, "message-id");
    }
    String requeue = frame.header("requeue");
    if (requeue != null && !requeue.equals("true") && !requeue.equals("false")) {
      throw PharosException.badRequest("requeue must be true or false");
    }
    return Frame.of(frame.command())
        .headerIfPresent("id", frame.header("id"))
        .headerIfPresent("message-id", frame.header("message-id"))
        .headerIfPresent("subscription", frame.header("subscription"))
        .headerIfPresent("requeue", requeue);
  }

  private Frame subscribe(Frame frame) {
    // Version 1.0 can do without, but the broker's answers could not be told apart then.
    String id = SubscriptionId.of(frame);
    AckMode mode = AckMode.parse(frame.header("ack"), version);
    int prefetch = Prefetch.parse(frame.header("prefetch-count"));
    if (frame.header("selector") != null) {
      throw new PharosException(Code.UNSUPPORTED, "selectors are not supported");
    }
    if (frame.header(ResumeHeader.NAME) != null) {
      throw new PharosException(
          Code.UNSUPPORTED,
          ResumeHeader.NAME + ": the broker that is behind this has nothing to resume from");
    }
    if (windows.isOpen(id)) {
      throw PharosException.badRequest("a subscription of this id is open already");
    }
    DestinationPattern pattern =
        session.identity().subscription(RequiredHeader.of(frame, "destination"));
    checkWildcards(pattern, mode);
    int window = mode == AckMode.AUTO ? 0 : prefetch;
    windows.check(window);
    windows.open(id, window);
    subscriptions.put(id, new Subscription(session, id, pattern));
    var checked =
        Frame.of(Command.SUBSCRIBE)
            .header("id", id)
            .header("destination", pattern.value())
            .headerIfPresent("ack", frame.header("ack"));
    if (window > 0) {
      checked.header("prefetch-count", Integer.toString(window));
    }
    return checked.headerIfPresent("receipt", frame.header("receipt")).build();
  }

  private static void checkWildcards(DestinationPattern pattern, AckMode mode) {
    if (pattern.isLiteral()) {
      return;
    }
    if (pattern.value().startsWith("/queue/")) {
      throw PharosException.badRequest(
          "work queues are consumed one by one: wildcards are not allowed in '" + pattern + "'");
    }
    if (mode != AckMode.AUTO) {
      throw new PharosException(
          Code.UNSUPPORTED, "with wildcards, ack must be auto: '" + pattern + "'");
    }
  }

  private Frame unsubscribe(Frame frame) {
    String id = RequiredHeader.of(frame, "id");
    windows.close(id);
    subscriptions.remove(id);
    return Frame.of(Command.UNSUBSCRIBE)
        .header("id", id)
        .headerIfPresent("receipt", frame.header("receipt"))
        .build();
  }
}
