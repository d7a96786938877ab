package io.pharos.redis;

import static io.pharos.redis.Cluster.CHAT;
import static io.pharos.redis.Cluster.PATIENT;
import static io.pharos.redis.Cluster.eventually;
import static io.pharos.redis.Cluster.ids;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pharos.message.PharosException;
import io.pharos.presence.ConnectionInfo;
import io.pharos.presence.FakeNode;
import io.pharos.presence.Selection;
import io.pharos.presence.Subscriber;
import io.pharos.presence.Survey;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Protocol.Command;

/** Several nodes on one Redis: who is alive, what they answer each other. */
@Timeout(300)
class RedisMembersTest {
  private final RedisProcess redis = RedisProcess.shared();
  private final Cluster cluster = new Cluster(redis);

  @AfterEach
  void close() {
    cluster.close();
  }

  @Test
  void everyNodeSeesAllNodesAndTheirClients() {
    RedisMembers one = cluster.join(new FakeNode("n1").with("c1", "ann", "/topic/chat"), PATIENT);
    RedisMembers two =
        cluster.join(new FakeNode("n2").with("c2", "bob", "/topic/chat", "/topic/x"), PATIENT);
    for (RedisMembers each : new RedisMembers[] {one, two}) {
      assertThat(ids(each.nodes())).containsExactlyInAnyOrder("n1", "n2");
      assertThat(each.nodes()).extracting("connections").containsExactly(1, 1);
      Survey<Subscriber> subscribers = each.subscribers(CHAT);
      assertThat(subscribers.isComplete()).isTrue();
      assertThat(subscribers.found())
          .containsExactlyInAnyOrder(
              new Subscriber("ann", "c1", "n1"), new Subscriber("bob", "c2", "n2"));
    }
    assertThat(one.connections().found())
        .anySatisfy(
            each -> {
              assertThat(each.id()).isEqualTo("c2");
              assertThat(each.waiting()).isEqualTo(2);
              assertThat(each.subscriptions()).containsExactly("/topic/chat", "/topic/x");
            });
  }

  @Test
  void connectionsAreEndedWhereverTheyAre() {
    var far = new FakeNode("n2").with("c2", "ann").with("c3", "ann").with("c4", "bob");
    RedisMembers one = cluster.join(new FakeNode("n1").with("c1", "ann"), PATIENT);
    cluster.join(far, PATIENT);
    assertThat(one.end(new Selection.Connection("c3"))).isEqualTo(1);
    assertThat(one.end(new Selection.User("ann"))).isEqualTo(2);
    assertThat(one.end(new Selection.User("ann"))).isZero();
    assertThat(far.connections()).extracting(ConnectionInfo::id).containsExactly("c4");
  }

  @Test
  void thousandsOfConnectionsComeInPartsAndWhole() {
    var crowded = new FakeNode("n2");
    String[] subscriptions = new String[20];
    Arrays.setAll(subscriptions, i -> "/topic/" + "x".repeat(50) + i);
    for (int i = 0; i < 5000; i++) {
      crowded.with("c" + i, "user" + i, subscriptions);
    }
    RedisMembers one = cluster.join(new FakeNode("n1"), PATIENT);
    cluster.join(crowded, PATIENT);
    Survey<ConnectionInfo> answers = one.connections();
    assertThat(answers.isComplete()).isTrue();
    assertThat(answers.found()).containsExactlyElementsOf(crowded.connections());
  }

  @Test
  void aNodeThatDoesNotAnswerIsNamedUntilItsLeaseIsOver() {
    RedisMembers one = cluster.join(new FakeNode("n1").with("c1", "ann"), Cluster.LASTING);
    cluster.silent(new FakeNode("n2").with("c2", "ann")).lease().renew();
    assertThat(one.connections().found()).hasSize(1);
    cluster.silent(new FakeNode("n3"), Cluster.LASTING).lease().renew();
    assertThat(one.connections().silent()).contains("n3");
    assertThatThrownBy(() -> one.end(new Selection.User("ann")))
        .isInstanceOf(PharosException.class)
        .hasMessageContaining("1 connections were ended")
        .hasMessageContaining("n3");
    eventually(() -> assertThat(ids(one.nodes())).containsExactlyInAnyOrder("n1", "n3"));
  }

  @Test
  void aNodeThatLeavesIsGoneAtOnce() {
    RedisMembers one = cluster.join(new FakeNode("n1"), PATIENT);
    RedisMembers two = cluster.join(new FakeNode("n2"), PATIENT);
    two.close();
    assertThat(ids(one.nodes())).containsExactly("n1");
    assertThat(one.connections().isComplete()).isTrue();
  }

  @Test
  void ofTwoNodesWithOneIdTheLaterHasItAndTheOtherADerivedOne() {
    RedisMembers first = cluster.join(new FakeNode("n1").with("c1", "ann", "/topic/chat"), PATIENT);
    RedisMembers second =
        cluster.join(new FakeNode("n1").with("c2", "bob", "/topic/chat"), PATIENT);
    eventually(
        () ->
            assertThat(ids(second.nodes()))
                .hasSize(2)
                .contains("n1")
                .anyMatch(id -> id.matches("n1~[0-9a-f]{4}")));
    for (RedisMembers each : new RedisMembers[] {first, second}) {
      assertThat(each.subscribers(CHAT).found())
          .contains(new Subscriber("bob", "c2", "n1"))
          .anyMatch(s -> s.user().equals("ann") && s.node().startsWith("n1~"));
    }
  }

  @Test
  void whateverComesOnTheControlChannelsHurtsNobody() {
    RedisMembers one = cluster.join(new FakeNode("n1"), PATIENT);
    RedisMembers two = cluster.join(new FakeNode("n2").with("c2", "ann"), PATIENT);
    String all = cluster.names().members("control");
    var random = new Random(1);
    try (Wire wire = redis.wire("pharos-test")) {
      for (int i = 0; i < 500; i++) {
        byte[] garbage = new byte[random.nextInt(200)];
        random.nextBytes(garbage);
        if (garbage.length > 1 && i % 2 == 0) {
          garbage[0] = ControlMessage.VERSION;
          garbage[1] = (byte) (1 + i % 4 / 2);
        }
        publish(wire, all, garbage);
      }
      publish(wire, all, new byte[2 << 20]);
      var nonsense = new Question(Question.Kind.SUBSCRIBERS, "no destination");
      publish(wire, all, new ControlMessage.Request("1", "nobody", nonsense).encode());
    }
    assertThat(one.connections()).isEqualTo(two.connections());
    assertThat(one.connections().isComplete()).isTrue();
    assertThat(two.end(new Selection.User("ann"))).isEqualTo(1);
  }

  private static void publish(Wire wire, String channel, byte[] payload) {
    wire.call(new CommandArguments(Command.PUBLISH).add(channel).add(payload));
  }

  @Test
  void clustersWithOtherPrefixesDoNotMeet() {
    RedisMembers one = cluster.join(new FakeNode("n1"), PATIENT);
    try (var other = new Cluster(redis)) {
      RedisMembers stranger = other.join(new FakeNode("n1"), PATIENT);
      assertThat(ids(one.nodes())).containsExactly("n1");
      assertThat(ids(stranger.nodes())).containsExactly("n1");
    }
  }
}
