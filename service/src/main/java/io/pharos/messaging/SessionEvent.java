package io.pharos.messaging;

/**
 * What has become of a client's session on this node: a CDI event, for an observer of this type or
 * of one of its kinds, with {@code @Observes} or {@code @ObservesAsync}.
 *
 * <p>Observers run on virtual threads with a request scope of their own, and hold up nobody: the
 * event tells what has happened, and nothing waits for it. A session's events come one after the
 * other, in their order, from {@link SessionConnected} to {@link SessionDisconnected}; those of
 * different sessions come side by side. An observer's exception is logged, and the other observers
 * are called all the same. When observers fall behind by more than a thousand events of one
 * session, subscriptions and gaps are left out, which is logged.
 */
public sealed interface SessionEvent
    permits SessionConnected,
        SessionSubscribed,
        SubscriptionGap,
        SessionSlow,
        SessionExpired,
        SessionDisconnected {
  PushSession session();
}
