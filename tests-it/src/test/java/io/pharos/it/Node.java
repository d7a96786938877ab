package io.pharos.it;

import java.net.URI;
import java.nio.file.Path;
import java.util.Objects;

/** A server under test, as the build has set it up. */
enum Node {
  ALPHA("itAlpha", "alpha.port"),
  BRAVO("itBravo", "bravo.port");

  private final String serverName;
  private final String portProperty;

  Node(String serverName, String portProperty) {
    this.serverName = serverName;
    this.portProperty = portProperty;
  }

  URI uri() {
    return URI.create("http://localhost:" + property(portProperty));
  }

  /** What the server logged in this run. */
  Path messagesLog() {
    return Path.of(property("usr.dir"), "servers", serverName, "logs", "messages.log");
  }

  static String property(String name) {
    return Objects.requireNonNull(System.getProperty(name), name);
  }
}
