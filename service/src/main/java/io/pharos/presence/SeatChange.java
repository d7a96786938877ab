package io.pharos.presence;

/**
 * How things stand with a seat. Telling it twice changes nothing the second time.
 *
 * @param taken whether the session is subscribed now
 */
public record SeatChange(Seat seat, boolean taken) {}
