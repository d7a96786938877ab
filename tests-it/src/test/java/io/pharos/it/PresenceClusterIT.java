package io.pharos.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each node knows of all, and reaches all. */
class PresenceClusterIT extends ClusterTest {
  private final String topic = newTopic();

  @ParameterizedTest
  @EnumSource
  void nodeTellsWhoIsThereOnBoth(ClusterNode asked) {
    List<Follower> unused = followers(topic);

    Json presence = presence(asked);

    assertThat(presence.number("users")).isEqualTo(1);
    assertThat(presence.texts("subscribers", "node"))
        .containsExactlyInAnyOrder("charlie", "charlie", "delta", "delta");
    assertThat(presence.texts("subscribers", "session")).doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @EnumSource
  void nodeKnowsBothNodesAndTheirConnections(ClusterNode asked) {
    List<Follower> unused = followers(topic);

    Await.until("both nodes to be told", () -> nodes(asked).size() == 2);
    assertThat(nodes(asked))
        .extracting(node -> node.text("id"))
        .containsExactlyInAnyOrder("charlie", "delta");
    // Streams that another test has closed count until the heart-beat that finds them gone. The
    // list
    // tells what is, a node's number what it last reported: the list has to be waited for first.
    List<String> two = List.of("charlie", "charlie", "delta", "delta");
    Await.until(
        () -> "two connections on each node: " + connections(asked),
        LONG,
        () -> connections(asked).equals(two));
    Await.until(
        () -> "each node to report two connections: " + nodes(asked),
        LONG,
        () -> nodes(asked).stream().allMatch(node -> node.number("connections") == 2));
  }

  @ParameterizedTest
  @EnumSource
  void nodeEndsAUsersConnectionsOnBothAndNoOthers(ClusterNode asked) throws Exception {
    List<Follower> others = followers(topic);
    String user = "mallory-" + UUID.randomUUID();
    for (ClusterNode node : ClusterNode.values()) {
      follow(new Follower(Follower.Transport.SSE, node.uri(), topic, "", Token.of(user)));
    }
    try (StompClient stomp = StompClient.connect(ClusterNode.DELTA.uri(), Token.of(user))) {
      stomp.subscribe("s", topic);
      // Nodes have a second to answer each other, and just have.
      assertThat(presence(asked).number("users")).isEqualTo(2);

      var answer = admin(asked).method("DELETE", "/api/users/" + user + "/connections");

      assertThat(Rest.json(answer).number("ended")).isEqualTo(3);
      assertThat(stomp.expect("ERROR").text()).isNotEmpty();
      assertThat(stomp.closeCode()).isEqualTo(1008);
    }
    rest(asked).publish(topic, "still there");
    awaitCount(others, 1);
    assertThat(others).allMatch(follower -> follower.connections() == 1);
  }

  /** Asks again while the other node does not answer in time. */
  private Json presence(ClusterNode asked) {
    String target = "/api/presence?destination=" + URLEncoder.encode(topic, StandardCharsets.UTF_8);
    var answers = new ArrayDeque<Json>();
    Await.until(
        () -> "a complete answer: " + answers,
        Await.PATIENCE,
        () -> {
          answers.push(Rest.json(rest(asked).get(target)));
          return answers.element().flag("complete");
        });
    return answers.element();
  }

  /** The nodes of all connections, in the order of their names. */
  private static List<String> connections(ClusterNode asked) {
    return Rest.json(admin(asked).get("/api/connections")).texts("connections", "node").stream()
        .sorted()
        .toList();
  }

  private static List<Json> nodes(ClusterNode asked) {
    return Rest.json(admin(asked).get("/api/nodes")).objects("nodes");
  }
}
