package io.pharos.it;

import java.net.URI;
import java.time.Duration;

/** One of the two servers that share a Redis, as the build has set them up. */
enum ClusterNode {
  CHARLIE("charlie"),
  DELTA("delta");

  private static final Duration READY = Duration.ofMinutes(1);

  private final String id;

  ClusterNode(String id) {
    this.id = id;
  }

  /** Its {@code pharos.node.id}. */
  String id() {
    return id;
  }

  URI uri() {
    return URI.create("http://localhost:" + Node.property(id + ".port"));
  }

  /** Where it looks for Redis. */
  int redisPort() {
    return Integer.parseInt(Node.property(id + ".redis.port"));
  }

  Rest rest(Token token) {
    return Rest.of(uri(), token);
  }

  boolean isReady() {
    return new Rest(uri(), "").get("/health/ready").statusCode() == 200;
  }

  void awaitReady() {
    Await.until(id + " to be ready", READY, this::isReady);
  }

  void awaitNotReady() {
    Await.until(id + " not to be ready", READY, () -> !isReady());
  }
}
