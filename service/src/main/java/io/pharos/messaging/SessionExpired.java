package io.pharos.messaging;

/** A client's token has expired: its session ends. */
public record SessionExpired(PushSession session) implements SessionEvent {}
