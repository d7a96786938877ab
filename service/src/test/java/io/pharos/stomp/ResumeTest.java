package io.pharos.stomp;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResumeTest {
  private final Bench bench = new Bench(StompSettings.of("pharos/test", 1000, Bench.PING), 3);

  private Client subscribe(String destination, String lastEventId) {
    var client = bench.connected(Version.V1_2);
    return client.send(
        "SUBSCRIBE\nid:s\ndestination:"
            + destination
            + "\nlast-event-id:"
            + lastEventId
            + "\nreceipt:r\n\n\0");
  }

  private String idOf(String body) {
    return firstIdOf("/topic/a", body);
  }

  private String firstIdOf(String destination, String body) {
    var client = subscribe(destination, "").takeReceipt("r");
    bench.publish(destination, body);
    return String.valueOf(client.takeMessage(body).header("message-id"));
  }

  @Test
  void whatWasMissedIsReplayedOnceAndThenItGoesOnLive() {
    String id = idOf("1");
    bench.publish("/topic/a", "2", "3");

    var client = subscribe("/topic/a", id).takeReceipt("r");
    bench.publish("/topic/a", "4");

    client.takeMessage("2");
    client.takeMessage("3");
    client.takeMessage("4");
    client.assertQuiet();
  }

  @Test
  void whoKnewNoDestinationOfAPatternMissesNothing() {
    String none =
        String.valueOf(subscribe("/topic/new/*", "").take(Command.RECEIPT).header("position"));
    bench.publish("/topic/new/a", "1");

    var client = subscribe("/topic/new/*", none).takeReceipt("r");
    bench.publish("/topic/new/a", "2");

    client.takeMessage("1");
    client.takeMessage("2");
    client.assertQuiet();
  }

  @Test
  void whatIsNoLongerRetainedIsAnnouncedAsAGap() {
    String id = idOf("1");
    bench.publish("/topic/a", "2", "3", "4", "5");

    var client = subscribe("/topic/a", id).takeReceipt("r");

    var gap = client.take(Command.MESSAGE);
    assertThat(gap.header("pharos-event")).isEqualTo("gap");
    assertThat(gap.header("subscription")).isEqualTo("s");
    assertThat(gap.header("destination")).isEqualTo("/topic/a");
    assertThat(gap.header("message-id")).isEqualTo(gap.header("position"));
    assertThat(gap.header("pharos-reason")).isNotEmpty();
    assertThat(gap.header("content-type")).isEqualTo("application/json");
    assertThat(Client.text(gap))
        .isEqualTo(
            "{\"destination\":\"/topic/a\",\"position\":\"%s\",\"reason\":\"%s\"}"
                .formatted(gap.header("position"), gap.header("pharos-reason")));
    client.takeMessage("3");
    client.takeMessage("4");
    client.takeMessage("5");
    client.assertQuiet();
  }

  @Test
  void clientCanGoOnFromTheIdOfAGap() {
    String id = idOf("1");
    bench.publish("/topic/a", "2", "3", "4", "5");
    var gap = subscribe("/topic/a", id).takeReceipt("r").take(Command.MESSAGE);

    var client = subscribe("/topic/a", String.valueOf(gap.header("message-id"))).takeReceipt("r");

    client.takeMessage("3");
  }

  @Test
  void positionOfALostEpochIsAnnouncedAsAGap() {
    bench.publish("/topic/a", "1");

    var client = subscribe("/topic/a", "other-1").takeReceipt("r");

    assertThat(client.take(Command.MESSAGE).header("pharos-event")).isEqualTo("gap");
    client.takeMessage("1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "e-", "e-01", "e-1-2", "-1", "e 1", "e-1 ", "answer-", "answer-x"})
  void malformedPositionIsRefused(String id) {
    var client = subscribe("/topic/a", id);

    var error = client.takeError("BAD_REQUEST", 1002);
    assertThat(error.header("receipt-id")).isEqualTo("r");
    assertThat(Client.text(error)).startsWith("last-event-id");
  }

  @Test
  void patternResumesByAListOfDestinationsAndPositions() {
    String a = firstIdOf("/topic/x/a", "a1");
    String b = firstIdOf("/topic/x/b", "b1");
    bench.publish("/topic/x/a", "a2");
    bench.publish("/topic/x/c", "c1");

    var client = subscribe("/topic/x/*", "/topic/x/a " + a + " /topic/x/b " + b).takeReceipt("r");
    bench.publish("/topic/x/b", "b2");

    assertThat(client.frames).extracting(Client::text).containsExactlyInAnyOrder("a2", "c1", "b2");
  }

  @Test
  void receiptOfAPatternIsAListToResumeFrom() {
    String a = firstIdOf("/topic/x/a", "a1");
    String b = firstIdOf("/topic/x/b", "b1");

    var receipt = subscribe("/topic/x/*", "").take(Command.RECEIPT);
    bench.publish("/topic/x/b", "b2");

    String places = "/topic/x/a " + a + " /topic/x/b " + b;
    assertThat(receipt.header("position")).isEqualTo(places);
    subscribe("/topic/x/*", places).takeReceipt("r").takeMessage("b2");
  }

  @Test
  void receiptOfAPatternWithTooManyDestinationsNamesNone() {
    for (int i = 0; i < 200; i++) {
      bench.publish("/topic/x/" + i, "1");
    }
    assertThat(subscribe("/topic/x/*", "").take(Command.RECEIPT).header("position")).isNull();
  }

  @Test
  void ownQueuesAreNamedAsTheirOwnerNamesThem() {
    var client = subscribe("/user/queue/*", "").takeReceipt("r");
    bench.publish("/user/ann/queue/a", "1");
    var id = client.takeMessage("1").header("message-id");
    bench.publish("/user/ann/queue/a", "2");

    subscribe("/user/queue/*", "/user/queue/a " + id).takeReceipt("r").takeMessage("2");
  }

  @ParameterizedTest
  @ValueSource(strings = {"e-1", "/topic/a", "/topic/a e-1 /topic/b", "/topic/a  e-1"})
  void malformedListIsRefused(String list) {
    assertThat(Client.text(subscribe("/topic/**", list).takeError("BAD_REQUEST", 1002)))
        .startsWith("last-event-id");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/topic/a", "/topic/*"})
  void earliestMeansEverythingThatIsRetainedWithoutAGap(String destination) {
    bench.publish("/topic/a", "1", "2", "3", "4", "5");

    var client = subscribe(destination, "earliest").takeReceipt("r");
    bench.publish("/topic/a", "6");

    client.takeMessage("3");
    client.takeMessage("4");
    client.takeMessage("5");
    client.takeMessage("6");
    client.assertQuiet();
  }

  @Test
  void earliestOfANewDestinationMeansFromNow() {
    var client = subscribe("/topic/new", "earliest").takeReceipt("r");
    bench.publish("/topic/new", "1");

    client.takeMessage("1");
    client.assertQuiet();
  }

  @Test
  void whatWasSentToAnAbsentUserIsThereOnReturn() {
    bench.publish("/user/ann/queue/mail", "1", "2");

    var returned = subscribe("/user/queue/mail", "earliest").takeReceipt("r");

    var first = returned.takeMessage("1");
    assertThat(first.header("destination")).isEqualTo("/user/queue/mail");
    returned.takeMessage("2");
    returned.session.disconnected();
    bench.publish("/user/ann/queue/mail", "3");
    var again = subscribe("/user/queue/mail", "" + first.header("message-id")).takeReceipt("r");
    again.takeMessage("2");
    again.takeMessage("3");
    again.assertQuiet();
  }

  @Test
  void whoNamesNoPositionGetsWhatComesFromNowOn() {
    bench.publish("/user/ann/queue/mail", "1");

    var client = subscribe("/user/queue/mail", "").takeReceipt("r");
    bench.publish("/user/ann/queue/mail", "2");

    client.takeMessage("2");
    client.assertQuiet();
  }

  @Test
  void allDevicesOfAUserGetWhatIsSentToTheUser() {
    var phone = subscribe("/user/queue/mail", "").takeReceipt("r");
    var desk = subscribe("/user/queue/mail", "").takeReceipt("r");

    bench.publish("/user/ann/queue/mail", "1");

    phone.takeMessage("1");
    desk.takeMessage("1");
  }
}
