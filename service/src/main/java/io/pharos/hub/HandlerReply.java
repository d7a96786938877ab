package io.pharos.hub;

import io.pharos.message.Body;
import org.jspecify.annotations.Nullable;

/** What a message handler answers to one session, past the broker. */
public record HandlerReply(Body body, @Nullable String contentType) {}
