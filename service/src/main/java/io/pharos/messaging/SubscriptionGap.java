package io.pharos.messaging;

/**
 * A client was told that it has missed messages, which cannot be replayed.
 *
 * @param subscription what the client calls it; empty where it gave no name
 * @param destination the one that has the gap; a user's own is in full, {@code /user/NAME/queue/X}
 * @param position what the client gets next comes after it
 * @param reason a short sentence for people
 */
public record SubscriptionGap(
    PushSession session, String subscription, String destination, String position, String reason)
    implements SessionEvent {}
