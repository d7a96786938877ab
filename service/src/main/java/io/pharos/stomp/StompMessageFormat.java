package io.pharos.stomp;

import io.pharos.message.Destination;
import io.pharos.message.Message;
import io.pharos.message.WireFormat;
import io.pharos.session.AcknowledgedDelivery;
import org.jspecify.annotations.Nullable;

/**
 * MESSAGE frames of one version: what all receivers share, and what stands before it for each.
 *
 * <p>{@code message-id} is the message's position. Epochs are random for each destination, so it is
 * unique on the server (STOMP 1.2, "MESSAGE"), and clients may send it back as {@code
 * last-event-id}.
 */
public final class StompMessageFormat extends WireFormat<SharedMessage> {
  private static final StompMessageFormat V1_0 =
      new StompMessageFormat(Version.V1_0, Slot.STOMP_1_0);
  private static final StompMessageFormat V1_1 =
      new StompMessageFormat(Version.V1_1, Slot.STOMP_1_1);
  private static final StompMessageFormat V1_2 =
      new StompMessageFormat(Version.V1_2, Slot.STOMP_1_2);

  private final FrameEncoder encoder;

  private StompMessageFormat(Version version, Slot slot) {
    super(slot, SharedMessage.class);
    this.encoder = FrameEncoder.of(version);
  }

  public static StompMessageFormat of(Version version) {
    return switch (version) {
      case V1_0 -> V1_0;
      case V1_1 -> V1_1;
      case V1_2 -> V1_2;
    };
  }

  /** Appends what stands before the shared part for the subscription of this id. */
  void begin(StringBuilder out, String subscriptionId) {
    out.append("MESSAGE\n");
    encoder.header(out, "subscription", subscriptionId);
  }

  /**
   * The same for a message that somebody answers for.
   *
   * @param ack what the client calls it when it acknowledges it, or null
   */
  void begin(StringBuilder out, AcknowledgedDelivery delivery, @Nullable String ack) {
    begin(out, delivery.subscription().id());
    if (ack != null && encoder == FrameEncoder.of(Version.V1_2)) {
      encoder.header(out, "ack", ack);
    }
    if (delivery.deliveries() > 1) {
      encoder.header(out, "redelivered", "true");
      encoder.header(out, "delivery-count", Integer.toString(delivery.deliveries()));
    }
  }

  @Override
  protected SharedMessage encode(Message message) {
    String position = message.position().toString();
    var head = new StringBuilder(256 + message.body().length());
    encoder.header(head, "destination", message.destination().asSeenByClient());
    encoder.header(head, "message-id", position);
    if (message.destination().kind() != Destination.Kind.QUEUE) {
      // Nobody can go on from one there: what is not acknowledged comes again.
      encoder.header(head, "position", position);
    }
    encoder.header(head, "timestamp", Long.toString(message.timestamp().toEpochMilli()));
    String contentType = message.contentType();
    if (contentType != null) {
      encoder.header(head, "content-type", contentType);
    }
    message.headers().values().forEach((name, value) -> encoder.foreignHeader(head, name, value));
    return new SharedMessage(this, encoder.finish(head, message.body(), true));
  }
}
