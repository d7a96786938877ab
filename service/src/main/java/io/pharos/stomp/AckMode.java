package io.pharos.stomp;

import io.pharos.hub.Flow;
import io.pharos.message.PharosException;
import org.jspecify.annotations.Nullable;

/** The header {@code ack} of SUBSCRIBE (STOMP 1.2, "SUBSCRIBE ack Header"). */
enum AckMode {
  /** A message counts as acknowledged once it is written. */
  AUTO(Flow.Acknowledgement.AUTOMATIC),
  /** An ACK or NACK stands for all messages of the subscription up to its own. */
  CLIENT(Flow.Acknowledgement.BY_CLIENT),
  /** An ACK or NACK stands for its message alone. */
  CLIENT_INDIVIDUAL(Flow.Acknowledgement.BY_CLIENT);

  private final Flow.Acknowledgement acknowledgement;

  AckMode(Flow.Acknowledgement acknowledgement) {
    this.acknowledgement = acknowledgement;
  }

  Flow.Acknowledgement acknowledgement() {
    return acknowledgement;
  }

  static AckMode parse(@Nullable String header, Version version) {
    if (header == null || header.equals("auto")) {
      return AUTO;
    }
    if (header.equals("client")) {
      return CLIENT;
    }
    if (version == Version.V1_0) {
      throw PharosException.badRequest("ack must be auto or client in version 1.0");
    }
    if (header.equals("client-individual")) {
      return CLIENT_INDIVIDUAL;
    }
    throw PharosException.badRequest("ack must be auto, client or client-individual");
  }
}
