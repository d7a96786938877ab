package io.pharos.cli.bench;

import java.util.Map;

/**
 * What became of the clients' connections.
 *
 * @param readers clients that read
 * @param resumes how often one dropped its connection and came back
 * @param lostReaders connections of readers that ended, by the reason
 * @param lostSlow connections of slow clients that ended, by the reason
 */
public record FleetSummary(
    int readers, int resumes, Map<String, Integer> lostReaders, Map<String, Integer> lostSlow) {}
