package io.pharos.messaging;

/**
 * A client does not keep up, or has stopped reading: its session ends, and it should come back with
 * its position.
 *
 * @param reason a short sentence for people
 */
public record SessionSlow(PushSession session, String reason) implements SessionEvent {}
