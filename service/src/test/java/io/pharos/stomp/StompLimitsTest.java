package io.pharos.stomp;

import static org.assertj.core.api.Assertions.assertThat;

import io.pharos.session.CloseReason;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class StompLimitsTest {
  static final StompSettings SMALL =
      new StompSettings(
          "pharos/test",
          new StompLimits(5, 300, 100),
          2,
          100,
          new TransactionLimits(2, 3000),
          new FrameQueueLimits(3, 10_000, Duration.ZERO),
          Duration.ofSeconds(1),
          Duration.ofSeconds(10),
          Duration.ofSeconds(5),
          Bench.PING);

  private final Bench bench = new Bench(SMALL, 10);
  private final Client client = bench.connected(Version.V1_2);

  private static String subscribe(String id) {
    return "SUBSCRIBE\nid:" + id + "\ndestination:/topic/a\n\n\0";
  }

  @Tag("stomp-75")
  @Test
  void subscriptionsOfASessionAreLimited() {
    client.send(subscribe("1")).send(subscribe("2")).assertQuiet();

    assertThat(Client.text(client.send(subscribe("3")).takeError("LIMIT_EXCEEDED", 1008)))
        .contains("2 subscriptions");
  }

  @Test
  void unsubscribeMakesRoom() {
    client.send(subscribe("1")).send(subscribe("2")).send("UNSUBSCRIBE\nid:1\n\n\0");

    client.send(subscribe("3")).assertQuiet();
  }

  @Test
  void lengthOfAnIdIsLimited() {
    client.send(subscribe("x".repeat(255))).assertQuiet();
    client.send(subscribe("x".repeat(256))).takeError("BAD_REQUEST", 1002);
  }

  @Tag("stomp-16")
  @Test
  void numberOfHeadersIsLimited() {
    client.send("SEND\na:1\nb:2\nc:3\nd:4\ne:5\nf:6\n\n\0").takeError("TOO_LARGE", 1009);
  }

  @Tag("stomp-16")
  @Test
  void lengthOfAHeaderIsLimited() {
    client.send("SEND\nx:" + "y".repeat(300)).takeError("TOO_LARGE", 1009);
  }

  @Tag("stomp-16")
  @Test
  void lengthOfABodyIsLimited() {
    client.send("SEND\ndestination:/topic/a\n\n" + "y".repeat(101)).takeError("TOO_LARGE", 1009);
  }

  @Tag("stomp-74")
  @Test
  void clientThatDoesNotKeepUpIsClosedWithAReason() {
    client.send(subscribe("1"));

    bench.executor.hold();
    for (int i = 0; i < 1001; i++) {
      bench.publish("/topic/a", "x");
    }
    bench.executor.release();

    client.takeError("SLOW_CONSUMER", 1013);
    assertThat(bench.hub.subscriptions()).isZero();
  }

  @Tag("stomp-74")
  @Test
  void clientThatDoesNotKeepUpIsToldWhereToResume() {
    client.send(subscribe("1")).send("SUBSCRIBE\nid:2\ndestination:/topic/*\n\n\0");
    bench.publish("/topic/a", "first");
    client.takeMessage("first");
    String position = client.takeMessage("first").header("position");

    bench.executor.hold();
    for (int i = 0; i < 1001; i++) {
      bench.publish("/topic/a", "x");
    }
    bench.executor.release();

    assertThat(Client.text(client.takeError("SLOW_CONSUMER", 1013)))
        .isEqualTo("The client reads too slowly: its outbox is full\nResume 1 after %s", position);
  }

  @Test
  void subscriptionWithoutAnIdIsNamedByItsDestination() {
    Client old = bench.connected(Version.V1_0);
    old.send("SUBSCRIBE\ndestination:/topic/a\n\n\0");
    bench.publish("/topic/a", "first");
    String position = old.takeMessage("first").header("position");

    old.session.session().close(CloseReason.SERVER_STOPPING);

    assertThat(Client.text(old.takeError("SERVER_STOPPING", 1001)))
        .isEqualTo("The server is stopping\nResume /topic/a after %s", position);
  }

  @Test
  void clientThatIsNotToComeBackIsToldNoPosition() {
    client.send(subscribe("1"));
    bench.publish("/topic/a", "first");
    client.takeMessage("first");

    client.session.session().close(CloseReason.KICKED);

    assertThat(Client.text(client.takeError("KICKED", 1008)))
        .isEqualTo("An administrator ended the session");
  }

  @Test
  void closedSubscriptionIsNotResumed() {
    client.send(subscribe("1")).send(subscribe("2"));
    bench.publish("/topic/a", "first");
    client.takeMessage("first");
    client.takeMessage("first");
    client.send("UNSUBSCRIBE\nid:1\n\n\0");

    client.session.session().close(CloseReason.SERVER_STOPPING);

    assertThat(Client.text(client.takeError("SERVER_STOPPING", 1001)))
        .startsWith("The server is stopping\nResume 2 after ")
        .doesNotContain("Resume 1");
  }

  @Test
  @Timeout(120)
  void clientThatLeavesItsReceiptsUnreadMustWait() throws InterruptedException {
    bench.executor.hold();
    String send = "SEND\ndestination:/topic/public/a\nreceipt:r\n\nx\0";
    var sender = Thread.ofPlatform().start(() -> client.send(send.repeat(2000)));
    while (sender.isAlive() && sender.getState() != Thread.State.WAITING) {
      Thread.onSpinWait();
    }
    assertThat(client.session.session().backlog()).isBetween(500, 502);

    bench.executor.release();
    sender.join();

    assertThat(client.frames).hasSize(2000).allMatch(f -> f.command() == Command.RECEIPT);
  }
}
