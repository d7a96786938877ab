package io.pharos.it;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.container.test.api.TargetsContainer;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;

/** A test of two nodes that share a Redis, from outside. The build runs it with these two alone. */
@Tag("cluster")
@ExtendWith(ArquillianExtension.class)
@RunAsClient
abstract class ClusterTest {
  /** For whatever many messages have to do on a slow machine. */
  static final Duration LONG = Duration.ofMinutes(3);

  private final List<Follower> followers = new ArrayList<>();

  @Deployment(name = "charlie", testable = false)
  @TargetsContainer("itCharlie")
  static WebArchive charlie() {
    return PharosWar.atRoot();
  }

  @Deployment(name = "delta", testable = false)
  @TargetsContainer("itDelta")
  static WebArchive delta() {
    return PharosWar.atRoot();
  }

  @BeforeEach
  void allIsWell() {
    redis().repair();
    for (ClusterNode node : ClusterNode.values()) {
      node.awaitReady();
    }
  }

  @AfterEach
  void closeFollowers() throws IOException {
    for (Follower follower : followers) {
      follower.close();
    }
  }

  static ClusterRedis redis() {
    return ClusterRedis.shared();
  }

  static Rest rest(ClusterNode node) {
    return node.rest(Token.of("publisher"));
  }

  static Rest admin(ClusterNode node) {
    return node.rest(Token.ofAdmin());
  }

  static String newTopic() {
    return "/topic/long/" + UUID.randomUUID();
  }

  /** A live subscriber of each transport on each node. */
  List<Follower> followers(String destination) {
    var all = new ArrayList<Follower>();
    for (ClusterNode node : ClusterNode.values()) {
      for (Follower.Transport transport : Follower.Transport.values()) {
        all.add(follow(new Follower(transport, node.uri(), destination)));
      }
    }
    return all;
  }

  /** Waits until it is live; it ends with the test. */
  Follower follow(Follower follower) {
    followers.add(follower);
    follower.awaitLive();
    return follower;
  }

  static void awaitCount(List<Follower> followers, int count) {
    followers.forEach(follower -> follower.awaitCount(count, LONG));
  }
}
