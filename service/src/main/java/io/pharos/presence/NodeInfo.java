package io.pharos.presence;

import java.time.Instant;

/**
 * One member of the cluster.
 *
 * @param connections how many clients are connected to it
 * @param draining whether it sends its clients away
 */
public record NodeInfo(
    String id, String version, Instant startedAt, int connections, boolean draining) {}
