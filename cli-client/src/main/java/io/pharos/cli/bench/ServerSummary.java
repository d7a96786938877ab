package io.pharos.cli.bench;

/**
 * What the server used.
 *
 * @param cpuSeconds user and system time while measuring
 * @param startKilobytes resident before the first client came
 * @param connectedKilobytes resident when all were subscribed
 * @param measuredKilobytes resident when measuring began
 * @param highestKilobytes the most that was seen while measuring
 * @param endKilobytes resident when measuring ended
 */
public record ServerSummary(
    double cpuSeconds,
    long startKilobytes,
    long connectedKilobytes,
    long measuredKilobytes,
    long highestKilobytes,
    long endKilobytes) {}
