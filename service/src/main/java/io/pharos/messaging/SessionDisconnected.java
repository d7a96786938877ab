package io.pharos.messaging;

/**
 * A session has ended; nothing more comes of it.
 *
 * @param code why, in a word: {@code CLIENT_DONE}, {@code CONNECTION_LOST}, {@code SLOW_CONSUMER},
 *     {@code TOKEN_EXPIRED}, {@code KICKED}, {@code SERVER_STOPPING} and others
 * @param reason the same in a short sentence for people
 */
public record SessionDisconnected(PushSession session, String code, String reason)
    implements SessionEvent {}
