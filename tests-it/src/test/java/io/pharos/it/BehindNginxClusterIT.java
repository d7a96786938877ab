package io.pharos.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Clients that come to whichever node the balancer takes, each time anew. */
class BehindNginxClusterIT extends ClusterTest {
  private static final int MESSAGES = 1000;

  private final String topic = newTopic();
  @TempDir private Path folder;
  private Nginx nginx;

  @BeforeEach
  void startNginx() throws Exception {
    assumeTrue(
        Nginx.isInstalled(),
        "nginx is not installed at " + Nginx.PROGRAM + ": its configuration is not tested here");
    nginx = Nginx.start(folder, ClusterNode.CHARLIE.uri(), ClusterNode.DELTA.uri());
  }

  @AfterEach
  void stopNginx() {
    if (nginx != null) {
      nginx.close();
    }
  }

  @Test
  void readmeShowsTheConfigurationThatIsTestedHere() throws Exception {
    assertThat(Files.readString(Path.of(Node.property("test.readme"))))
        .contains("```nginx\n" + Nginx.configuration() + "```\n");
  }

  @Test
  void clientsThatComeBackToAnyNodeMissNothing() {
    List<Follower> followers = throughNginx(3);
    Rest publisher = Rest.of(nginx.uri(), Token.of("publisher"));
    List<String> all = new Numbers(MESSAGES).all();

    CompletableFuture<Void> publishing =
        CompletableFuture.runAsync(
            () -> all.forEach(number -> publisher.publish(topic, number)),
            task -> Thread.ofVirtual().start(task));
    int times = 1;
    for (int heard = 100; heard < MESSAGES; heard += 200) {
      awaitCount(followers, heard);
      followers.forEach(Follower::breakOff);
      int wanted = ++times;
      followers.forEach(follower -> follower.awaitConnections(wanted));
    }
    publishing.join();

    awaitCount(followers, MESSAGES);
    for (Follower follower : followers) {
      assertThat(follower.heard()).as(follower.toString()).isEqualTo(all);
      assertThat(follower.connections()).as(follower.toString()).isGreaterThan(2);
    }
  }

  @Test
  void clientsAreSpreadOverTheNodesAndHearEachMessageAtOnce() {
    List<Follower> followers = throughNginx(3);
    Rest publisher = Rest.of(nginx.uri(), Token.of("publisher"));

    Json presence = Rest.json(publisher.get("/api/presence?destination=" + topic));
    assertThat(presence.texts("subscribers", "node"))
        .hasSize(followers.size())
        .contains("charlie", "delta");
    for (int count = 1; count <= 20; count++) {
      String unused = publisher.publish(topic, Integer.toString(count));
      for (Follower follower : followers) {
        // Nothing follows that would push it out of a buffer, not even in a minute.
        follower.awaitCount(count, Await.PATIENCE);
      }
    }
  }

  private List<Follower> throughNginx(int ofEach) {
    var followers = new ArrayList<Follower>();
    for (Follower.Transport transport : Follower.Transport.values()) {
      IntStream.range(0, ofEach)
          .forEach(i -> followers.add(follow(new Follower(transport, nginx.uri(), topic))));
    }
    return Collections.unmodifiableList(followers);
  }
}
