package io.pharos.messaging;

/**
 * A client has subscribed to what is published. What is published from now on reaches it.
 *
 * @param subscription what the client calls it; empty where it gave no name
 * @param destination what was subscribed to, perhaps with wildcards; a user's own is in full,
 *     {@code /user/NAME/queue/X}
 */
public record SessionSubscribed(PushSession session, String subscription, String destination)
    implements SessionEvent {}
