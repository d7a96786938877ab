package io.pharos.cli.bench;

import java.util.List;

/**
 * What became of the clients that do not read.
 *
 * @param clients how many there were
 * @param watched whether the server's side could be seen, which needs it to be on this machine
 * @param cutAfterSeconds for each that the server gave up while it ran, how long after the first
 *     publication, in ascending order
 */
public record SlowSummary(int clients, boolean watched, List<Double> cutAfterSeconds) {}
