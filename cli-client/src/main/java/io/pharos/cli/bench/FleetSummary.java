package io.pharos.cli.bench;

import java.util.Map;

/**
 * What became of the clients' connections.
 *
 * @param readers clients that read
 * @param resumes how often one dropped its connection and came back
 * @param returned how often one that the server had lost was subscribed again
 * @param away readers that were not subscribed at the end
 * @param longestAbsenceSeconds the longest time between a loss and the new subscription
 * @param lostReaders connections of readers that ended, by the reason
 * @param lostSlow connections of slow clients that ended, by the reason
 */
public record FleetSummary(
    int readers,
    int resumes,
    int returned,
    int away,
    double longestAbsenceSeconds,
    Map<String, Integer> lostReaders,
    Map<String, Integer> lostSlow) {}
