package io.pharos.messaging;

/** A client has connected and logged in, by STOMP or for an event stream. */
public record SessionConnected(PushSession session) implements SessionEvent {}
