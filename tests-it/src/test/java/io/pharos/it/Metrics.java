package io.pharos.it;

import java.net.URI;

/** What a server counts. */
record Metrics(URI server) {

  /** How many sessions have ended for a reason. */
  long closed(String reason) {
    return sum("pharos_sessions_closed_total", "reason=\"" + reason + "\"");
  }

  /** How many clients were sent away for a reason. */
  long refused(String reason) {
    return sum("pharos_connections_refused_total", "reason=\"" + reason + "\"");
  }

  long delivered() {
    return sum("pharos_delivered_total", "");
  }

  /** How often a client has ceased to keep up, by its destination's policy. */
  long slow(String policy) {
    return sum("pharos_slow_consumers_total", "policy=\"" + policy + "\"");
  }

  /** How many messages clients were not sent and were told of by a gap. */
  long dropped() {
    return sum("pharos_dropped_total", "");
  }

  /** How often clients were told that they missed messages. */
  long gaps() {
    return sum("pharos_gaps_total", "");
  }

  /** How many messages gave way to newer ones of their keys. */
  long conflated() {
    return sum("pharos_conflated_total", "");
  }

  /** How many things this node has found where messages should be. */
  long unreadable() {
    return sum("pharos_unreadable", "");
  }

  /** How many sessions are open. */
  long open() {
    return Rest.json(new Rest(server, "").get("/health/live")).objects("checks").stream()
        .filter(check -> check.text("name").equals("sessions"))
        .mapToLong(check -> check.object("data").number("open"))
        .sum();
  }

  private long sum(String name, String part) {
    return new Rest(server, "")
        .get("/metrics?scope=application")
        .body()
        .lines()
        .filter(line -> line.startsWith(name + "{") && line.contains(part))
        .mapToLong(line -> Math.round(Double.parseDouble(line.substring(line.lastIndexOf(' ')))))
        .sum();
  }
}
