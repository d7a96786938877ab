package io.pharos.redis;

import static io.pharos.redis.Cluster.eventually;
import static io.pharos.redis.Cluster.ids;
import static io.pharos.redis.Cluster.taken;
import static io.pharos.redis.Cluster.tell;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pharos.message.PharosException;
import io.pharos.presence.FakeNode;
import io.pharos.presence.Roster;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import redis.clients.jedis.Protocol.Command;

/** Members whose Redis goes away and comes back, with its data or without. */
@Timeout(300)
class RedisMembersAwayTest {
  private final RedisProcess redis =
      new RedisProcess(List.of("save \"\"", "appendonly yes", "appendfsync always"));
  private final Cluster cluster = new Cluster(redis);

  @AfterEach
  void close() {
    cluster.close();
    redis.close();
  }

  @Test
  void membersMeetAgainAndNobodyHasLeftMeanwhile() throws InterruptedException {
    RedisMembers one = cluster.join(new FakeNode("n1").with("c1", "ann"));
    RedisMembers two = cluster.join(new FakeNode("n2").with("c2", "bob"));
    tell(one.roster(), 1, taken("ann", "s1"));
    tell(two.roster(), 1, taken("bob", "s2"));
    redis.stop();
    assertThatThrownBy(one::nodes).isInstanceOf(PharosException.class);
    assertThatThrownBy(one::connections).isInstanceOf(PharosException.class);
    assertThatThrownBy(() -> two.roster().update(new Roster.Update(List.of(taken("bob", "s2")), 1)))
        .isInstanceOf(PharosException.class);
    // Longer than a lease: by the clock of Redis all of them are over when it is back.
    Thread.sleep(Cluster.SHORT.lease().plusMillis(200));
    redis.start();
    eventually(
        () -> {
          assertThat(ids(one.nodes())).containsExactlyInAnyOrder("n1", "n2");
          assertThat(one.connections().isComplete()).isTrue();
          assertThat(two.connections().found()).hasSize(2);
        });
    tell(one.roster(), 1);
    tell(two.roster(), 1);
    assertThat(cluster.events()).containsExactly("join ann", "join bob");
  }

  @Test
  void afterADataLossWhoIsHereIsToldAnew() {
    RedisMembers one = cluster.join(new FakeNode("n1"), Cluster.LASTING);
    tell(one.roster(), 1, taken("ann", "s1"));
    assertThat(cluster.events()).containsExactly("join ann");
    redis.call(Command.FLUSHALL);
    eventually(
        () -> {
          if (one.roster().update(new Roster.Update(List.of(), 1)) == Roster.Outcome.FORGOTTEN) {
            tell(one.roster(), 1, taken("ann", "s1"));
          }
          assertThat(cluster.events()).containsExactly("join ann");
          assertThat(ids(one.nodes())).containsExactly("n1");
        });
  }

  @Test
  void aRedisThatWasSetBackIsToldAgainWhoIsHere() {
    RedisMembers one = cluster.join(new FakeNode("n1"), Cluster.LASTING);
    tell(one.roster(), 2, taken("ann", "s1"), taken("bob", "s2"));
    String seats =
        String.valueOf(
            ((List<?>) redis.call(Command.KEYS, "*:seats:*"))
                .stream().map(MemberCalls::text).findFirst().orElse(""));
    redis.call(Command.HDEL, seats, Cluster.CHAT.value() + " s2");
    redis.call(Command.HDEL, cluster.names().members("present"), Cluster.CHAT.value() + " bob");
    eventually(
        () ->
            assertThat(one.roster().update(new Roster.Update(List.of(), 2)))
                .isEqualTo(Roster.Outcome.FORGOTTEN));
    tell(one.roster(), 2, taken("ann", "s1"), taken("bob", "s2"));
    tell(one.roster(), 1, Cluster.free("bob", "s2"));
    assertThat(cluster.events()).contains("leave bob").doesNotContain("leave ann");
  }

  @Test
  void aNodeStartsWithoutRedisAndEndsWithoutIt() {
    redis.stop();
    var members =
        new RedisMembers(
            redis.url(),
            "away",
            new FakeNode("n1"),
            cluster.broker(),
            RedisNode.PATIENT,
            Cluster.SHORT);
    members.start();
    assertThatThrownBy(members::nodes).isInstanceOf(PharosException.class);
    redis.start();
    eventually(() -> assertThat(ids(members.nodes())).containsExactly("n1"));
    redis.stop();
    members.close();
    redis.start();
  }
}
