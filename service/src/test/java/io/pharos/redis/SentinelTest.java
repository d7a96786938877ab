package io.pharos.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.pharos.FreePort;
import io.pharos.message.Destination;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.embedded.RedisSentinel;

/** A primary, a replica, and a sentinel that changes their roles. */
class SentinelTest {
  private static final Destination TOPIC = Destination.of("/topic/prices");
  private static final List<String> MEMORY = List.of("save \"\"", "appendonly no");

  @Test
  void aFailoverInTheMiddleOfTrafficIsSurvived() throws Exception {
    try (var first = new RedisProcess(MEMORY);
        var second = new RedisProcess(MEMORY)) {
      second.call(Command.REPLICAOF, "127.0.0.1", Integer.toString(first.port()));
      Recorder.eventually("the replica", () -> info(second).contains("master_link_status:up"));
      int sentinelPort = FreePort.next();
      RedisSentinel sentinel = sentinel(sentinelPort, first.port());
      sentinel.start();
      try (var node =
          RedisNode.hasty(
              RedisUrl.parse("redis-sentinel://127.0.0.1:1,127.0.0.1:" + sentinelPort + "/main"),
              RedisProcess.newPrefix())) {
        node.subscribeEventually(TOPIC);
        Recorder.eventually(
            "a sentinel that knows the replica",
            () ->
                ((List<?>) RedisProcess.call(sentinelPort, Command.SENTINEL, "REPLICAS", "main"))
                        .size()
                    == 1);
        try (var traffic = new Traffic(node, TOPIC)) {
          traffic.awaitMore(node, 500);

          Recorder.eventually("the failover to be taken on", () -> failover(sentinelPort));
          Recorder.eventually("the new primary", () -> info(second).contains("role:master"));
          Recorder.eventually("the old one's new role", () -> info(first).contains("role:slave"));
          traffic.awaitMore(node, 500);

          // What the old primary took after the new one had taken over is lost, and that is told.
          traffic.assertNothingIsLostSilently(node);
        }
      } finally {
        sentinel.stop();
      }
    }
  }

  /** A sentinel promotes no replica that it knows by name alone and has not talked to yet. */
  private static boolean failover(int sentinel) {
    try {
      RedisProcess.call(sentinel, Command.SENTINEL, "FAILOVER", "main");
      return true;
    } catch (JedisDataException e) {
      String refusal = String.valueOf(e.getMessage());
      assertThat(refusal).containsPattern("^(NOGOODSLAVE|INPROG)");
      return refusal.startsWith("INPROG");
    }
  }

  private static String info(RedisProcess server) {
    try {
      return new String((byte[]) server.call(Command.INFO, "replication"), StandardCharsets.UTF_8);
    } catch (JedisConnectionException e) {
      // The sentinel ends all connections of a server that changes its role.
      return "";
    }
  }

  private static RedisSentinel sentinel(int port, int primary) throws IOException {
    return RedisSentinel.newRedisSentinel()
        .bind("127.0.0.1")
        .port(port)
        .masterName("main")
        .masterPort(primary)
        .quorumSize(1)
        .downAfterMilliseconds(1000L)
        .failOverTimeout(3000L)
        .build();
  }
}
