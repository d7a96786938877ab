package io.pharos.cli.bench.measure;

/**
 * What a server's processes have used.
 *
 * @param cpuSeconds user and system time since their start
 * @param residentKilobytes memory they hold now
 */
public record ProcessUsage(double cpuSeconds, long residentKilobytes) {}
