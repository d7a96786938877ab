package io.pharos.sse;

/**
 * One event as a client sees it.
 *
 * @param id the last event id: the event's own or, if it has none, an earlier one's; empty when
 *     there was none
 * @param event its type, {@code message} by default
 * @param data its lines, joined by LF
 */
public record ServerSentEvent(String id, String event, String data) {}
