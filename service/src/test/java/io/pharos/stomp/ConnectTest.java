package io.pharos.stomp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConnectTest {
  private final Bench bench = new Bench();

  private Frame connect(String headers) {
    return bench.client().send("CONNECT\n" + headers + "\n\0").take(Command.CONNECTED);
  }

  @Tag("stomp-21")
  @ParameterizedTest
  @ValueSource(strings = {"CONNECT", "STOMP"})
  void stompIsConnectByAnotherName(String command) {
    var client = bench.client().send(command + "\naccept-version:1.2\npasscode:ann\n\n\0");

    assertThat(client.take(Command.CONNECTED).header("version")).isEqualTo("1.2");
  }

  @Tag("stomp-22")
  @ParameterizedTest
  @ValueSource(
      strings = {
        "SEND\ndestination:/topic/public/a\n\nx\0",
        "SUBSCRIBE\nid:1\ndestination:/topic/a\n\n\0",
        "DISCONNECT\n\n\0",
        "CONNECTED\nversion:1.2\n\n\0"
      })
  void firstFrameMustConnect(String frame) {
    var client = bench.client().send(frame);

    assertThat(Client.text(client.takeError("BAD_REQUEST", 1002))).contains("CONNECT");
    assertThat(bench.hub.subscriptions()).isZero();
  }

  @Tag("stomp-22")
  @Test
  void secondConnectIsRefused() {
    var client =
        bench.connected(Version.V1_2).send("CONNECT\naccept-version:1.2\npasscode:bob\n\n\0");

    assertThat(Client.text(client.takeError("BAD_REQUEST", 1002))).contains("connected already");
  }

  @Tag("stomp-23")
  @ParameterizedTest
  @CsvSource({
    "'',1.0",
    "'accept-version:1.0,1.1,2.0',1.1",
    "'accept-version:1.2',1.2",
    "'accept-version:1.1,1.2',1.2"
  })
  void highestCommonVersionIsAgreed(String header, String version) {
    String line = header.isEmpty() ? "" : header + "\n";

    assertThat(connect(line + "passcode:ann\n").header("version")).isEqualTo(version);
  }

  @Tag("stomp-24")
  @Test
  void withoutACommonVersionTheErrorListsOurs() {
    var client = bench.client().send("CONNECT\naccept-version:2.0,3.1\nreceipt:r\n\n\0");

    var error = client.takeError("BAD_REQUEST", 1002);
    assertThat(error.header("version")).isEqualTo("1.0,1.1,1.2");
    assertThat(error.header("content-type")).isEqualTo("text/plain");
    assertThat(Client.text(error)).contains("1.0,1.1,1.2");
  }

  @Tag("stomp-25")
  @Tag("stomp-26")
  @Test
  void connectedNamesSessionServerHeartBeatAndUser() {
    var connected = connect("accept-version:1.2\npasscode:ann\n");

    assertThat(connected.header("session")).isNotEmpty();
    assertThat(connected.header("server")).isEqualTo("pharos/test");
    assertThat(connected.header("heart-beat")).isEqualTo("1000,1000");
    assertThat(connected.header("user-name")).isEqualTo("ann");
  }

  @Tag("stomp-26")
  @Test
  void sessionsAreUnique() {
    var seen = new HashSet<String>();
    for (int i = 0; i < 10; i++) {
      assertThat(seen.add(connect("passcode:ann\n").header("session"))).isTrue();
    }
  }

  @Test
  void versionRulesHoldForTheFramesBehindConnectInTheSameChunk() {
    var client =
        bench
            .client()
            .send(
                "CONNECT\naccept-version:1.1\npasscode:ann\n\n\0"
                    + "SUBSCRIBE\nid:a\\cb\ndestination:/topic/a\nreceipt:x\\\\y\n\n\0");

    client.take(Command.CONNECTED);
    client.takeReceipt("x\\y");
    bench.publish("/topic/a", "hello");
    assertThat(client.takeMessage("hello").header("subscription")).isEqualTo("a:b");
  }

  @Tag("stomp-27")
  @ParameterizedTest
  @ValueSource(strings = {"", "host:/\n", "host:127.0.0.1\n", "host:no such host\n"})
  void anyHostIsAccepted(String host) {
    assertThat(connect("accept-version:1.2\npasscode:ann\n" + host).command())
        .isEqualTo(Command.CONNECTED);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Authorization:Bearer ann\n",
        "Authorization:bearer ann\n",
        "login:someone\npasscode:ann\n",
        "Authorization:Bearer ann\npasscode:bad\n"
      })
  void tokenComesAsBearerOrAsPasscode(String headers) {
    assertThat(connect(headers).header("user-name")).isEqualTo("ann");
  }

  @Tag("stomp-10")
  @Test
  void tokenWithColonsAndBackslashesSurvives() {
    assertThat(connect("accept-version:1.2\npasscode:a:b\\c\n").header("user-name"))
        .isEqualTo("a:b\\c");
  }

  @Tag("stomp-28")
  @ParameterizedTest
  @ValueSource(
      strings = {
        "passcode:bad\n",
        "Authorization:Bearer bad\n",
        "Authorization:Basic YTpi\n",
        "passcode:\n",
        "login:ann\n",
        ""
      })
  void badCredentialsAreAnsweredWithAnErrorThatSaysWhy(String headers) {
    var client = bench.client().send("CONNECT\naccept-version:1.2\n" + headers + "\n\0");

    var error = client.takeError("UNAUTHENTICATED", 1008);
    assertThat(error.header("message")).isEqualTo("not authenticated");
    assertThat(Client.text(error)).isNotEmpty().doesNotContain("YTpi").doesNotContain("bad");
  }

  @Test
  void expiredTokenIsRefusedAsSuch() {
    var client = bench.client().send("CONNECT\npasscode:expired\n\n\0");

    assertThat(Client.text(client.takeError("UNAUTHENTICATED", 1008))).contains("expired");
  }

  @Test
  void keysThatAreAwayAskTheClientToComeBack() {
    bench.client().send("CONNECT\npasscode:away\n\n\0").takeError("UNAVAILABLE", 1013);
  }

  @Test
  void identityOfTheHandshakeServesWithoutAToken() {
    var client = bench.client(Bench.identity("eve")).send("CONNECT\nlogin:\npasscode:\n\n\0");

    assertThat(client.take(Command.CONNECTED).header("user-name")).isEqualTo("eve");
  }

  @Test
  void tokenInConnectReplacesTheHandshake() {
    var client = bench.client(Bench.identity("eve")).send("CONNECT\npasscode:ann\n\n\0");
    assertThat(client.take(Command.CONNECTED).header("user-name")).isEqualTo("ann");

    bench
        .client(Bench.identity("eve"))
        .send("CONNECT\npasscode:bad\n\n\0")
        .takeError("UNAUTHENTICATED", 1008);
  }

  @Test
  void nothingIsProcessedBehindARefusedConnect() {
    var client =
        bench
            .client()
            .send(
                "CONNECT\npasscode:bad\n\n\0CONNECT\npasscode:ann\n\n\0"
                    + "SUBSCRIBE\nid:1\ndestination:/topic/a\n\n\0");

    client.takeError("UNAUTHENTICATED", 1008);
    assertThat(bench.hub.subscriptions()).isZero();
  }

  @Tag("stomp-29")
  @Test
  void clientsThatComeAndGoLeaveNothingBehind() {
    for (int i = 0; i < 100; i++) {
      bench
          .connected(Version.V1_2)
          .send("SUBSCRIBE\nid:1\ndestination:/topic/a\n\n\0")
          .session
          .disconnected();
      bench.client().session.disconnected();
    }

    assertThat(bench.sessions.count()).isZero();
    assertThat(bench.hub.subscriptions()).isZero();
  }

  @Tag("stomp-31")
  @ParameterizedTest
  @EnumSource(Version.class)
  void textAndBinaryMessagesAreBothUnderstood(Version version) {
    var client = bench.client();
    byte[] connect =
        ("CONNECT\naccept-version:" + version.number() + "\npasscode:ann\n\n\0").getBytes(UTF_8);

    for (byte b : connect) {
      client.send(new byte[] {b});
    }

    assertThat(client.take(Command.CONNECTED).header("version")).isEqualTo(version.number());
    client.send("SUBSCRIBE\nid:1\ndestination:/to").send("pic/a\nreceipt:1\n\n\0").takeReceipt("1");
  }

  @Tag("stomp-73")
  @Test
  void clientThatDoesNotConnectInTimeIsClosed() {
    var client = bench.client();

    bench.pass(Duration.ofSeconds(9));
    client.send("\n\n").assertQuiet();
    bench.pass(Duration.ofSeconds(2));

    client.takeError("LOGIN_TIMEOUT", 1008);
  }

  @Test
  void clientThatConnectsInTimeStays() {
    var client = bench.client();

    bench.pass(Duration.ofSeconds(9));
    client.send("CONNECT\npasscode:ann\n\n\0").take(Command.CONNECTED);
    bench.pass(Duration.ofMinutes(30));

    client.assertQuiet();
  }

  @Test
  void sessionEndsWithItsToken() {
    var client = bench.connected(Version.V1_2);

    bench.pass(Duration.ofMinutes(61));

    client.takeError("TOKEN_EXPIRED", 1008);
  }
}
