package io.pharos.broker;

/**
 * The broker behind this node has come within reach, or is away: told with each change. A CDI event
 * where it is a broker that is relayed to.
 *
 * @param available whether a publication would be accepted now
 */
public record BrokerAvailability(boolean available) {}
