package io.pharos.stomp;

import io.pharos.session.AcknowledgedDelivery;
import io.pharos.session.CloseReason;
import io.pharos.session.Connection;
import io.pharos.session.Delivery;
import io.pharos.session.Gap;
import io.pharos.session.Outgoing;
import java.io.IOException;
import java.util.List;

/** The session's connection: writes what is queued as frames of the version agreed on. */
final class StompConnection implements Connection {
  private final StompTransport transport;
  private final Acknowledgements acknowledgements;
  private final Progress progress = new Progress();
  private volatile Version version = Version.V1_0;
  private volatile boolean saidWhy;

  StompConnection(StompTransport transport, Acknowledgements acknowledgements) {
    this.transport = transport;
    this.acknowledgements = acknowledgements;
  }

  void negotiated(Version agreed) {
    version = agreed;
  }

  /** Encodes a frame for {@link io.pharos.session.Session#answer}. */
  Reply reply(Frame frame) {
    return new Reply(FrameEncoder.of(version).encode(frame));
  }

  /** Whether the client can be asked for a sign of life other than by a heart-beat. */
  boolean pings() {
    return transport.pings();
  }

  /** An ERROR frame is on its way or not wanted any more: none is sent when the session closes. */
  void saidWhy() {
    saidWhy = true;
  }

  @Override
  public void write(List<Outgoing> batch) throws IOException {
    Version current = version;
    var format = StompMessageFormat.of(current);
    var messages = new MessageBatch(transport, batch);
    var automatic = new AutomaticAcknowledgement();
    for (Outgoing item : batch) {
      switch (item) {
        case Delivery delivery -> {
          if (delivery.subscription().isOpen()) {
            messages.add(format, delivery.subscription().id(), delivery.message().as(format));
            progress.reached(delivery.subscription(), delivery.message().position());
          }
        }
        case AcknowledgedDelivery delivery -> {
          if (delivery.subscription().isOpen()) {
            String ack = acknowledgements.add(delivery);
            if (ack == null) {
              automatic.add(delivery);
            }
            messages.add(format, delivery, ack, delivery.message().as(format));
            progress.reached(delivery.subscription(), delivery.message().position());
          }
        }
        case Gap gap -> {
          if (gap.subscription().isOpen()) {
            String ack = acknowledgements.add(gap);
            messages.add(FrameEncoder.of(current).encode(GapFrame.of(gap, ack, current)));
            progress.reached(gap.subscription(), gap.position());
          }
        }
        case Reply reply -> messages.add(reply.payload());
        case LastWords words -> messages.add(reply(words.frame()).payload());
        case LineEnd beat -> {}
        case Ping ping -> messages.ping();
        default -> throw new IllegalStateException("no frame is known for " + item);
      }
    }
    messages.finish();
    automatic.done();
  }

  @Override
  public String transport() {
    return transport.name();
  }

  @Override
  public List<Outgoing> farewell(CloseReason reason) {
    boolean silent =
        saidWhy || reason == CloseReason.CLIENT_DONE || reason == CloseReason.CONNECTION_LOST;
    return silent ? List.of() : List.of(new LastWords(reason, progress.resumable()));
  }

  @Override
  public void close(CloseReason reason) {
    transport.close(CloseCode.of(reason));
  }
}
