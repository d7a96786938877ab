package io.pharos.stomp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HeartBeatTest {
  private final Bench bench = new Bench();

  private Client connect(String heartBeat) {
    var client =
        bench
            .client()
            .send("CONNECT\naccept-version:1.2\npasscode:ann\nheart-beat:" + heartBeat + "\n\n\0");
    return client;
  }

  @Tag("stomp-32")
  @Test
  void withoutAHeaderThereAreNone() {
    assertThat(HeartBeat.parse(null).toString()).isEqualTo("0,0");
  }

  @Tag("stomp-32")
  @ParameterizedTest
  @ValueSource(strings = {"0,0", "10000,20000", "2147483647,1"})
  void headerIsTwoNumbersOfMilliseconds(String header) {
    assertThat(HeartBeat.parse(header).toString()).isEqualTo(header);
  }

  @Tag("stomp-32")
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "10",
        "10,",
        ",10",
        "10,10,20",
        "a,10",
        "-1,0",
        "1.5,1",
        "2147483648,0",
        "1, 1"
      })
  void malformedHeaderIsRefused(String header) {
    assertThatThrownBy(() -> HeartBeat.parse(header))
        .isInstanceOf(StompException.class)
        .hasMessageContaining("heart-beat");

    connect(header).takeError("BAD_REQUEST", 1002);
  }

  @Tag("stomp-33")
  @ParameterizedTest
  @CsvSource({"'0,0','0,0',0", "'5,0','0,0',0", "'0,0','0,5',0", "'5,0','0,7',7", "'9,0','0,7',9"})
  void intervalIsTheLongerOneOrNone(String sender, String receiver, int millis) {
    assertThat(HeartBeat.interval(HeartBeat.parse(sender), HeartBeat.parse(receiver)))
        .isEqualTo(Duration.ofMillis(millis));
  }

  @Tag("stomp-34")
  @Test
  void serverSendsALineFeedBeforeEachIntervalIsOver() {
    var client = connect("0,1000");

    for (int i = 1; i <= 20; i++) {
      bench.pass(Duration.ofSeconds(1));
      assertThat(client.heartBeats).isGreaterThanOrEqualTo(i);
    }

    assertThat(client.heartBeats).isLessThanOrEqualTo(50);
    assertThat(client.messages.getLast()).isEqualTo("\n");
  }

  @Tag("stomp-37")
  @Test
  void shortIntervalsAreLengthenedToTheServersOwn() {
    var client = connect("0,1");

    bench.pass(Duration.ofSeconds(10));

    assertThat(client.heartBeats).isBetween(10, 25);
  }

  @Test
  void nothingIsSentToAClientThatWantsNoHeartBeats() {
    var client = connect("10000,0");

    bench.pass(Duration.ofSeconds(19));

    assertThat(client.heartBeats).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"0,0", "10000,0"})
  void aClientThatWantsNoHeartBeatsIsAskedBelowThem(String heartBeat) {
    var client = bench.client();
    client.pings = 0;
    client.send("CONNECT\naccept-version:1.2\npasscode:ann\nheart-beat:" + heartBeat + "\n\n\0");

    for (int i = 0; i < 10; i++) {
      bench.pass(Duration.ofSeconds(9));
      client.send("\n");
    }

    assertThat(client.pings).isBetween(3, 4);
    assertThat(client.heartBeats).isZero();
    assertThat(client.closed).isNull();
  }

  @Tag("stomp-34")
  @Test
  void messagesTakeTheHeartBeatsPlace() {
    var client = connect("0,1000").send("SUBSCRIBE\nid:1\ndestination:/topic/a\n\n\0");

    for (int i = 0; i < 20; i++) {
      bench.pass(Duration.ofMillis(400));
      bench.publish("/topic/a", "x");
    }

    assertThat(client.heartBeats).isZero();
  }

  @Tag("stomp-35")
  @Test
  void silentClientIsClosedWithinFiveSecondsOfAnIntervalOfOne() {
    var client = connect("1000,0");

    bench.pass(Duration.ofMillis(2500));
    assertThat(client.closed).isNull();
    bench.pass(Duration.ofMillis(2400));

    client.take(Command.CONNECTED);
    client.takeError("HEARTBEAT_LOST", 1013);
    assertThat(bench.sessions.count()).isZero();
  }

  @Tag("stomp-36")
  @ParameterizedTest
  @ValueSource(strings = {"\n", "\r\n", "SEND\ndestination:/topic/public/a\n\n\0", "SEND\nx:1"})
  void anythingReceivedCountsAsLife(String sign) {
    var client = connect("1000,0");

    for (int i = 0; i < 10; i++) {
      client.send(i == 0 ? sign : sign.startsWith("SEND\nx") ? "1" : sign);
      bench.pass(Duration.ofSeconds(1));
    }

    assertThat(client.closed).isNull();
  }

  @Test
  void silenceWhileItsFrameIsProcessedIsNotHeldAgainstTheClient() {
    var client = connect("1000,0");
    var slow = bench.connected(Version.V1_2);
    slow.send("SUBSCRIBE\nid:1\ndestination:/topic/public/a\n\n\0");
    slow.onFrame = () -> bench.pass(Duration.ofSeconds(10));

    client.send("SEND\ndestination:/topic/public/a\nreceipt:r\n\nx\0");
    bench.pass(Duration.ofSeconds(2));

    client.take(Command.CONNECTED);
    client.takeReceipt("r").assertQuiet();
    bench.pass(Duration.ofSeconds(2));
    client.takeError("HEARTBEAT_LOST", 1013);
  }

  @Test
  void clientThatOffersNoneMayBeSilent() {
    var client = connect("0,0");

    bench.pass(Duration.ofMinutes(30));

    client.take(Command.CONNECTED);
    client.assertQuiet();
  }

  @Test
  void version10HasNoHeartBeats() {
    var client = bench.client().send("CONNECT\npasscode:ann\nheart-beat:1000,1000\n\n\0");

    bench.pass(Duration.ofSeconds(30));

    client.take(Command.CONNECTED);
    client.assertQuiet();
    assertThat(client.heartBeats).isZero();
  }

  @Tag("stomp-17")
  @Test
  void heartBeatsAreNotAnswered() {
    var client = connect("1000,0");
    int before = client.messages.size();

    client.send("\n").send("\r\n").send("\n\n\n");

    assertThat(client.messages).hasSize(before);
  }

  /** Over SockJS by HTTP, the transport tells of polls and of writes that went through. */
  @Tag("stomp-38")
  @Test
  void aSignOfLifeOfTheTransportCountsAsOneOfTheClient() {
    var client = connect("10000,10000");
    client.take(Command.CONNECTED);

    for (int i = 0; i < 10; i++) {
      bench.pass(Duration.ofSeconds(20));
      client.session.alive();
    }
    client.assertQuiet();
    assertThat(client.heartBeats).isGreaterThanOrEqualTo(20);

    bench.pass(Duration.ofSeconds(22));
    assertThat(client.closed).isNotNull();
  }

  @Tag("stomp-38")
  @Test
  void aSignOfLifeOfTheTransportDoesNotProlongTheTimeToConnect() {
    var client = bench.client();

    for (int i = 0; i < 120 && client.closed == null; i++) {
      bench.pass(Duration.ofSeconds(1));
      client.session.alive();
    }

    assertThat(client.closed).isNotNull();
  }
}
