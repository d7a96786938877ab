package io.pharos.stomp;

import io.pharos.hub.Feed;
import io.pharos.message.Outcome;
import io.pharos.message.PharosException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What some ACK and NACK frames stand for, in their order: found out and checked as a whole, before
 * any of it is done.
 */
final class Settlements {
  private record Settlement(Unacknowledged of, List<String> messageIds, Outcome outcome) {}

  private final Acknowledgements acknowledgements;
  private final Subscriptions subscriptions;
  private final Version version;
  private final List<Settlement> settlements = new ArrayList<>();

  /** What becomes of the messages that frames before have named, or stood for. */
  private final Map<Unacknowledged, Map<String, Outcome>> spokenFor = new HashMap<>();

  Settlements(Acknowledgements acknowledgements, Subscriptions subscriptions, Version version) {
    this.acknowledgements = acknowledgements;
    this.subscriptions = subscriptions;
    this.version = version;
  }

  /**
   * Takes one ACK or NACK in.
   *
   * @throws PharosException BAD_REQUEST when a header is missing, or no message waits for it
   */
  void add(Frame frame) {
    Outcome outcome = outcome(frame);
    boolean known =
        switch (version) {
          case V1_0 -> addAny(RequiredHeader.of(frame, "message-id"), outcome);
          case V1_1 -> {
            String messageId = RequiredHeader.of(frame, "message-id");
            Feed feed = subscriptions.get(RequiredHeader.of(frame, "subscription"));
            yield feed != null
                && add(acknowledgements.get(feed.subscription()), messageId, outcome);
          }
          case V1_2 -> addById(RequiredHeader.of(frame, "id"), outcome);
        };
    if (!known) {
      throw PharosException.badRequest(
          frame.command()
              + " names no message that waits for it: it was acknowledged before, its subscription"
              + " has ended, or acknowledgement is automatic");
    }
  }

  /**
   * Subscriptions to one destination get the same message: it names the first that waits for it.
   */
  private boolean addAny(String messageId, Outcome outcome) {
    for (Unacknowledged each : acknowledgements.all()) {
      if (addNew(each, messageId, outcome)) {
        return true;
      }
    }
    for (Unacknowledged each : acknowledgements.all()) {
      if (isKnown(each, messageId, outcome)) {
        return true;
      }
    }
    return false;
  }

  /** The id is the subscription's number, a dash, and the message's id. */
  private boolean addById(String id, Outcome outcome) {
    int dash = id.indexOf('-');
    String number = id.substring(0, Math.max(0, dash));
    boolean digits = !number.isEmpty() && number.length() < 10;
    if (!digits || !number.chars().allMatch(c -> c >= '0' && c <= '9')) {
      return false;
    }
    var waiting = acknowledgements.get(Integer.parseInt(number));
    return add(waiting, id.substring(dash + 1), outcome);
  }

  private boolean add(@Nullable Unacknowledged waiting, String messageId, Outcome outcome) {
    return waiting != null
        && (addNew(waiting, messageId, outcome) || isKnown(waiting, messageId, outcome));
  }

  /** Whether a frame before has said the same of this message: nothing of it is done yet. */
  private boolean isKnown(Unacknowledged waiting, String messageId, Outcome outcome) {
    return spokenFor.getOrDefault(waiting, Map.of()).get(messageId) == outcome;
  }

  private boolean addNew(Unacknowledged waiting, String messageId, Outcome outcome) {
    Map<String, Outcome> before = spokenFor.computeIfAbsent(waiting, w -> new HashMap<>());
    List<String> meant = waiting.meantBy(messageId, before.keySet());
    meant.forEach(each -> before.put(each, outcome));
    settlements.add(new Settlement(waiting, meant, outcome));
    return !meant.isEmpty();
  }

  private Outcome outcome(Frame frame) {
    if (frame.command() == Command.ACK) {
      return Outcome.ACKNOWLEDGED;
    }
    if (version == Version.V1_0) {
      throw PharosException.badRequest("NACK is unknown to version 1.0");
    }
    return switch (frame.header("requeue")) {
      case null -> Outcome.RETURNED;
      case "true" -> Outcome.RETURNED;
      case "false" -> Outcome.REJECTED;
      default -> throw PharosException.badRequest("requeue must be true or false");
    };
  }

  /** Does it. May block. */
  void apply() {
    settlements.forEach(each -> each.of().settle(each.messageIds(), each.outcome()));
  }
}
