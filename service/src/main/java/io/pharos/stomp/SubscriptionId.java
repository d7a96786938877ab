package io.pharos.stomp;

import io.pharos.message.PharosException;

/** What a client calls a subscription of its own (STOMP 1.2, section "SUBSCRIBE id Header"). */
final class SubscriptionId {
  /** Longest one, in characters: it is repeated in every message. */
  private static final int MAX = 255;

  private SubscriptionId() {}

  /** The frame's {@code id}, which it must have. */
  static String of(Frame frame) {
    String id = RequiredHeader.of(frame, "id");
    if (id.length() > MAX) {
      throw PharosException.badRequest("id is longer than " + MAX + " characters");
    }
    return id;
  }
}
