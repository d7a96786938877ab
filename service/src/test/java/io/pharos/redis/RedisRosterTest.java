package io.pharos.redis;

import static io.pharos.redis.Cluster.eventually;
import static io.pharos.redis.Cluster.free;
import static io.pharos.redis.Cluster.taken;
import static io.pharos.redis.Cluster.tell;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pharos.message.Destination;
import io.pharos.message.PharosException;
import io.pharos.presence.FakeNode;
import io.pharos.presence.Roster;
import io.pharos.presence.SeatChange;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import redis.clients.jedis.Protocol.Command;

/** Who joins and leaves, told once, whatever happens to the nodes. */
@Timeout(300)
class RedisRosterTest {
  private final RedisProcess redis = RedisProcess.shared();
  private final Cluster cluster = new Cluster(redis);

  @AfterEach
  void close() {
    cluster.close();
  }

  @Test
  void aUsersFirstSessionAnywhereJoinsAndTheLastOneAnywhereLeaves() {
    Roster one = cluster.silent(new FakeNode("n1"), Cluster.LASTING).roster();
    Roster two = cluster.silent(new FakeNode("n2"), Cluster.LASTING).roster();
    tell(one, 1, taken("ann", "s1"));
    tell(two, 1, taken("ann", "s2"));
    tell(one, 0, free("ann", "s1"));
    assertThat(cluster.events()).containsExactly("join ann");
    tell(two, 0, free("ann", "s2"));
    tell(two, 0, free("ann", "s2"));
    assertThat(cluster.events()).containsExactly("join ann", "leave ann");
  }

  @Test
  void whoeverTellsItTwiceIsAnnouncedOnce() {
    Roster one = cluster.silent(new FakeNode("n1"), Cluster.LASTING).roster();
    tell(one, 2, taken("ann", "s1"), taken("bob with spaces", "s2"));
    tell(one, 2, taken("ann", "s1"), taken("bob with spaces", "s2"));
    assertThat(cluster.events()).containsExactly("join ann", "join bob with spaces");
  }

  @Test
  void twoNodesAtOnceAnnounceEachChangeOnceAndInOrder() throws Exception {
    var nodes = new ArrayList<Roster>();
    for (int i = 0; i < 3; i++) {
      nodes.add(cluster.silent(new FakeNode("n" + i), Cluster.LASTING).roster());
    }
    var together = new CyclicBarrier(nodes.size());
    try (ExecutorService threads = Executors.newFixedThreadPool(nodes.size())) {
      var ends = new ArrayList<Future<?>>();
      for (int n = 0; n < nodes.size(); n++) {
        Roster roster = nodes.get(n);
        int node = n;
        ends.add(
            threads.submit(
                () -> {
                  together.await();
                  comeAndGo(roster, node);
                  return node;
                }));
      }
      for (Future<?> end : ends) {
        end.get();
      }
    }
    Map<String, String> last = new HashMap<>();
    for (String event : cluster.events()) {
      String kind = event.substring(0, event.indexOf(' '));
      String before = last.put(event.substring(event.indexOf(' ') + 1), kind);
      assertThat(kind).isEqualTo("join".equals(before) ? "leave" : "join");
    }
    assertThat(last).hasSize(3).containsEntry("user0", "leave").containsValues("leave");
    assertThat(last.values()).containsOnly("leave");
  }

  private static void comeAndGo(Roster roster, int node) {
    var random = new Random(node);
    for (int i = 0; i < 150; i++) {
      String user = "user" + random.nextInt(3);
      String session = "s" + node + user;
      tell(roster, -1, random.nextBoolean() ? taken(user, session) : free(user, session));
    }
    for (int u = 0; u < 3; u++) {
      tell(roster, -1, free("user" + u, "s" + node + "user" + u));
    }
  }

  @Test
  void afterANodeDiedTheOthersTellOnceWhoIsGone() {
    Roster dying = cluster.silent(new FakeNode("dying")).roster();
    var seats = new ArrayList<SeatChange>();
    for (int i = 0; i < 1200; i++) {
      seats.add(taken("user" + i, "s" + i));
    }
    tell(dying, 1200, seats.toArray(SeatChange[]::new));
    RedisMembers one = cluster.join(new FakeNode("n1"), Cluster.LASTING);
    RedisMembers two = cluster.join(new FakeNode("n2"), Cluster.LASTING);
    tell(two.roster(), 1, taken("user7", "elsewhere"));
    eventually(
        () -> {
          // What the announcers do, now and then.
          tell(one.roster(), 0);
          tell(two.roster(), 1);
          assertThat(cluster.events()).contains("leave user0", "leave user1199").hasSize(2399);
        });
    assertThat(cluster.events()).doesNotHaveDuplicates().doesNotContain("leave user7");
    assertThat(Cluster.ids(one.nodes())).containsExactlyInAnyOrder("n1", "n2");
  }

  @Test
  void whatADyingNodeCouldNotPublishAnotherOnePublishes() {
    RedisMembers other = cluster.join(new FakeNode("n2"), Cluster.LASTING);
    var dying = cluster.silent(new FakeNode("dying"), Cluster.LASTING, new AwayBroker());
    assertThatThrownBy(() -> tell(dying.roster(), 1, taken("ann", "s1")))
        .isInstanceOf(PharosException.class);
    assertThat(cluster.events()).isEmpty();
    eventually(
        () -> {
          tell(other.roster(), 0);
          assertThat(cluster.events()).containsExactly("join ann");
        });
  }

  @Test
  void aNodeThatWakesUpAfterItWasDeclaredDeadBeginsAnew() {
    var zombie = cluster.silent(new FakeNode("n1"));
    tell(zombie.roster(), 1, taken("ann", "s1"));
    String before = zombie.lease().incarnation();
    RedisMembers other = cluster.join(new FakeNode("n2"), Cluster.LASTING);
    eventually(
        () -> {
          tell(other.roster(), 0);
          assertThat(cluster.events()).containsExactly("join ann", "leave ann");
        });
    assertThat(zombie.roster().update(new Roster.Update(List.of(taken("ann", "s1")), 1)))
        .isEqualTo(Roster.Outcome.FORGOTTEN);
    assertThat(zombie.lease().incarnation()).isNotEqualTo(before);
    tell(zombie.roster(), 1, taken("ann", "s1"));
    assertThat(cluster.events()).containsExactly("join ann", "leave ann", "join ann");
    assertThat(zombie.lease().id()).isEqualTo("n1");
  }

  @Test
  void aNodeThatStartsAgainUnderItsIdTakesItOverAtOnce() {
    var killed = cluster.silent(new FakeNode("n1"), Cluster.LASTING);
    tell(killed.roster(), 2, taken("ann", "s1"), taken("bob", "s2"));
    RedisMembers restarted = cluster.join(new FakeNode("n1"), Cluster.LASTING);
    assertThat(Cluster.ids(restarted.nodes())).containsExactly("n1");
    tell(restarted.roster(), 1, taken("ann", "s3"));
    eventually(
        () -> {
          tell(restarted.roster(), 1);
          assertThat(cluster.events()).startsWith("join ann", "join bob").contains("leave bob");
        });
    restarted.close();
    assertThat(cluster.events()).endsWith("leave ann");
  }

  @Test
  void aNodeThatLeavesTellsWhoIsGone() {
    RedisMembers one = cluster.join(new FakeNode("n1"), Cluster.LASTING);
    tell(one.roster(), 1, taken("ann", "s1"));
    one.close();
    assertThat(cluster.events()).containsExactly("join ann", "leave ann");
  }

  @Test
  void whatIsNoEventIsSkipped() {
    Roster one = cluster.silent(new FakeNode("n1"), Cluster.LASTING).roster();
    String list = cluster.names().members("events");
    redis.call(Command.RPUSH, list, "nonsense", "1 2 JOIN n s /not/a/destination ann", "");
    tell(one, 1, taken("ann", "s1"));
    assertThat(cluster.events()).containsExactly("join ann");
    assertThat(redis.call(Command.LLEN, list)).isEqualTo(0L);
  }

  @Test
  void oneDestinationsTroubleIsNotAnothers() {
    redis.call(Command.SET, cluster.names().log(Destination.of("/topic/bad")), "x");
    Roster one = cluster.silent(new FakeNode("n1"), Cluster.LASTING).roster();
    String entry = "1-1 " + Long.MAX_VALUE / 2 + " JOIN n1 s1 /topic/bad ann";
    redis.call(Command.RPUSH, cluster.names().members("events"), entry);
    assertThatThrownBy(() -> tell(one, 1, taken("bob", "s1"))).isInstanceOf(PharosException.class);
    assertThat(cluster.events()).containsExactly("join bob");
    assertThat(redis.call(Command.LLEN, cluster.names().members("events"))).isEqualTo(1L);
    redis.call(
        Command.LSET, cluster.names().members("events"), "0", "1-1 0 JOIN n1 s1 /topic/bad a");
    tell(one, 1, taken("bob", "s1"));
    assertThat(redis.call(Command.LLEN, cluster.names().members("events"))).isEqualTo(0L);
  }

  @Test
  void allKeysExpireAndAreInOneSlot() {
    RedisMembers one = cluster.join(new FakeNode("n1"), Cluster.LASTING);
    tell(one.roster(), 1, taken("ann", "s1"));
    var keys = (List<?>) redis.call(Command.KEYS, cluster.names().members("*").replace("{", "\\{"));
    assertThat(keys).hasSizeGreaterThanOrEqualTo(5);
    for (Object key : keys) {
      var name = new String((byte[]) key, StandardCharsets.UTF_8);
      assertThat((Long) redis.call(Command.PTTL, name)).as(name).isPositive();
    }
  }
}
