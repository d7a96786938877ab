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
