package io.pharos.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.pharos.FreePort;
import io.pharos.message.Destination;
import io.pharos.message.PharosException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.assertj.core.util.Throwables;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.Protocol.Command;

/** A real server that speaks TLS, alone and found by a sentinel, with and without passwords. */
class RedisTlsTest {
  private static final Destination TOPIC = Destination.of("/topic/prices");

  /** Time enough for a handshake, and an answer soon. */
  private static final RedisTimings ONE_BY_ONE =
      new RedisTimings(
          RedisNode.PATIENT.connect(),
          RedisNode.PATIENT.answer(),
          RedisTimings.DEFAULT.call(),
          RedisNode.PATIENT.ping(),
          RedisNode.PATIENT.pong(),
          RedisNode.PATIENT.check(),
          RedisNode.PATIENT.linger(),
          RedisNode.PATIENT.retry());

  @TempDir private static Path folder;

  @BeforeAll
  static void redisIsInstalled() {
    InstalledRedis.assumed();
  }

  private static Certificates certificates(String host) throws Exception {
    return new Certificates(Files.createTempDirectory(folder, "tls"), host);
  }

  private static InstalledRedis server(String url, List<String> options) {
    return new InstalledRedis(RedisUrl.parse(url), folder, options);
  }

  private static InstalledRedis server(Certificates tls, String login, String... options) {
    int port = FreePort.next();
    var all = new ArrayList<>(tls.options(port));
    all.addAll(List.of(options));
    RedisUrl url = RedisUrl.parse("rediss://" + login + "127.0.0.1:" + port);
    return new InstalledRedis(url.trusting(tls.trust()), folder, all);
  }

  private static void hearsItself(RedisUrl url) throws Exception {
    try (var node = new RedisNode(url, RedisProcess.newPrefix())) {
      node.subscribeEventually(TOPIC);
      node.publish(TOPIC, "a");
      node.recorder.awaitCount(TOPIC, 1);
      assertThat(node.recorder.bodies(TOPIC)).containsExactly("a");
    }
  }

  private static void cannotConnect(RedisUrl url, String why) throws Exception {
    try (var node = new RedisNode(url, RedisProcess.newPrefix(), ONE_BY_ONE)) {
      // Whoever asks before the first attempt has come to its end is not told how that went.
      Recorder.eventually("a refusal: " + why, () -> refusal(node).contains(why));
    }
  }

  private static String refusal(RedisNode node) {
    try {
      node.publish(TOPIC, "a");
    } catch (PharosException e) {
      assertThat(e.code()).isEqualTo(PharosException.Code.UNAVAILABLE);
      return Throwables.getStackTrace(e);
    }
    throw new AssertionError("there is a connection");
  }

  @Test
  void publishingAndListeningWorkOverTls() throws Exception {
    try (InstalledRedis redis = server(certificates("ip:127.0.0.1"), "")) {
      hearsItself(redis.url());
    }
  }

  @Test
  void aUserAndAPasswordAreUsedOverTls() throws Exception {
    Certificates tls = certificates("ip:127.0.0.1");
    try (InstalledRedis redis = server(tls, ":open%20sesame@", "--requirepass", "open sesame")) {
      redis.call(Command.ACL, "SETUSER", "push", "on", ">p@ss", "~*", "&*", "+@all");
      RedisUrl push = RedisUrl.parse("rediss://push:p%40ss@" + redis.address());
      hearsItself(push.trusting(tls.trust()));
    }
  }

  @Test
  void aCertificateThatNobodyTrustsIsRefused() throws Exception {
    try (InstalledRedis redis = server(certificates("ip:127.0.0.1"), "")) {
      cannotConnect(
          RedisUrl.parse("rediss://" + redis.address()), "unable to find valid certification path");
    }
  }

  @Test
  void anotherHostsCertificateIsRefused() throws Exception {
    Certificates tls = certificates("dns:redis.example");
    int port = FreePort.next();
    // Beside it a port without TLS, by which the test can ask whether it is up.
    int plain = FreePort.next();
    var options = new ArrayList<>(tls.options(port));
    options.addAll(List.of("--port", Integer.toString(plain)));
    try (InstalledRedis redis = server("redis://127.0.0.1:" + plain, options)) {
      assertThat(redis.isAlive()).isTrue();
      cannotConnect(
          RedisUrl.parse("rediss://127.0.0.1:" + port).trusting(tls.trust()),
          "No subject alternative names matching IP address 127.0.0.1 found");
    }
  }

  @Test
  void aSentinelMayAskForTlsAndALogin() throws Exception {
    Certificates tls = certificates("ip:127.0.0.1");
    try (InstalledRedis primary = server(tls, ":secret@", "--requirepass", "secret");
        InstalledRedis sentinel = sentinel(tls, primary, "secret", "requirepass secret")) {
      RedisUrl url = RedisUrl.parse("rediss-sentinel://:secret@" + sentinel.address() + "/main");
      hearsItself(url.trusting(tls.trust()));
    }
  }

  @Test
  void aSentinelMayAskForNoLoginWhereItsServersDo() throws Exception {
    Certificates tls = certificates("ip:127.0.0.1");
    try (InstalledRedis primary = server(tls, ":secret@", "--requirepass", "secret");
        InstalledRedis sentinel = sentinel(tls, primary, "secret", "")) {
      RedisUrl url = RedisUrl.parse("rediss-sentinel://:secret@" + sentinel.address() + "/main");
      hearsItself(url.trusting(tls.trust()));
    }
  }

  @Test
  void aSentinelThatIsToldAnotherPasswordSaysSo() throws Exception {
    Certificates tls = certificates("ip:127.0.0.1");
    try (InstalledRedis primary = server(tls, ":secret@", "--requirepass", "secret");
        InstalledRedis sentinel = sentinel(tls, primary, "secret", "requirepass other")) {
      RedisUrl url = RedisUrl.parse("rediss-sentinel://:secret@" + sentinel.address() + "/main");
      cannotConnect(url.trusting(tls.trust()), "Redis refused the password");
    }
  }

  @Test
  void allServersOfAClusterMayAskForTls() throws Exception {
    Certificates tls = certificates("ip:127.0.0.1");
    try (var cluster = new RedisCluster(2, 0, tls);
        var node = new RedisNode(cluster.url(), RedisProcess.newPrefix())) {
      List<Destination> topics =
          IntStream.range(0, 20).mapToObj(i -> Destination.of("/topic/" + i)).toList();
      for (Destination topic : topics) {
        node.subscribeEventually(topic);
        node.publish(topic, topic.value());
      }
      for (Destination topic : topics) {
        node.recorder.awaitCount(topic, 1);
        assertThat(node.recorder.bodies(topic)).containsExactly(topic.value());
      }
      for (InstalledRedis server : cluster.servers()) {
        assertThat((Long) server.call(Command.DBSIZE)).isPositive();
      }
    }
  }

  @Test
  void aClusterWhoseCertificatesNobodyTrustsIsRefused() throws Exception {
    try (var cluster = new RedisCluster(2, 0, certificates("ip:127.0.0.1"))) {
      cannotConnect(
          RedisUrl.parse("rediss-cluster://" + cluster.servers().getFirst().address()),
          "unable to find valid certification path");
    }
  }

  private static InstalledRedis sentinel(
      Certificates tls, InstalledRedis primary, String password, String setting)
      throws IOException {
    int port = FreePort.next();
    Path file = folder.resolve("sentinel" + port + ".conf");
    Files.writeString(
        file,
        """
        sentinel monitor main 127.0.0.1 %d 1
        sentinel auth-pass main %s
        %s
        """
            .formatted(primary.port(), password, setting));
    var options = new ArrayList<>(List.of(file.toString(), "--sentinel"));
    options.addAll(tls.options(port));
    RedisUrl url = RedisUrl.parse("rediss://127.0.0.1:" + port);
    return new InstalledRedis(url.trusting(tls.trust()), folder, options);
  }

  @Test
  void aTrustStoreIsReadAtTheStart() throws Exception {
    Path file = Files.writeString(folder.resolve("none.p12"), "no such thing");

    assertThatIllegalArgumentException()
        .isThrownBy(() -> new TrustStore(file, "secret"))
        .withMessageContaining("none.p12")
        .withMessageNotContaining("secret");
  }
}
