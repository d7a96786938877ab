package io.pharos.broker;

import io.pharos.message.Destination;
import io.pharos.message.Position;

/**
 * The broker's answer to a publication: it is stored.
 *
 * @param duplicate whether the idempotency key was known, so that this is the position of an
 *     earlier message
 */
public record Published(Destination destination, Position position, boolean duplicate) {}
