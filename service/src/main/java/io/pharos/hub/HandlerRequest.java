package io.pharos.hub;

import io.pharos.message.Destination;
import io.pharos.message.Publication;
import io.pharos.session.Session;
import java.util.function.BiConsumer;

/**
 * What a client sends to a message handler, or asks of it.
 *
 * @param publication with an empty body when it is asked by a subscription
 * @param replies takes a reply to this one session, by the destination of its user under which the
 *     client has subscribed to it; without such a subscription it goes nowhere
 */
public record HandlerRequest(
    Session session, Publication publication, BiConsumer<Destination, HandlerReply> replies) {}
