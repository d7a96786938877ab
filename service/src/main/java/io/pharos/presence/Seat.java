package io.pharos.presence;

import io.pharos.message.Destination;

/** A session's place at a destination that it is subscribed to by name. */
public record Seat(Destination destination, String user, String session) {}
