package io.pharos.presence;

/** A user's session that is subscribed to a destination. */
public record Subscriber(String user, String session, String node) {}
