package io.pharos.relay;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pharos.message.PharosException;
import io.pharos.stomp.Command;
import io.pharos.stomp.Frame;
import io.pharos.stomp.RelayClient;
import io.pharos.stomp.RelayLink;
import io.pharos.stomp.Version;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** One client's connection to the broker. */
class ClientLinkTest {
  private final FakeBroker broker;
  private final CountDownLatch connected = new CountDownLatch(1);
  private @Nullable StompRelay relay;

  ClientLinkTest() throws IOException {
    broker = new FakeBroker();
  }

  /** What a client is told, in words. */
  private static final class Told implements RelayClient {
    final BlockingQueue<Frame> frames = new LinkedBlockingQueue<>();
    final BlockingQueue<String> ends = new LinkedBlockingQueue<>();
    final CountDownLatch room = new CountDownLatch(1);
    volatile boolean full;

    @Override
    public void frame(Frame frame) throws InterruptedException {
      if (full) {
        room.await();
      }
      frames.add(frame);
    }

    @Override
    public void refused(@Nullable String receiptId, String sentence) {
      ends.add(receiptId + ": " + sentence);
    }

    @Override
    public void lost() {
      ends.add("lost");
    }

    @Override
    public void tooSlow() {
      ends.add("too slow");
    }

    Frame take() throws InterruptedException {
      Frame frame = frames.poll(30, TimeUnit.SECONDS);
      assertThat(frame).as("a frame").isNotNull();
      return frame;
    }

    String end() throws InterruptedException {
      return String.valueOf(ends.poll(30, TimeUnit.SECONDS));
    }
  }

  private StompRelay start() throws InterruptedException {
    var started =
        new StompRelay(
            broker.settings(),
            task -> Thread.ofVirtual().start(task),
            change -> connected.countDown());
    relay = started;
    started.broker().start((destination, batch) -> {});
    broker.next();
    assertThat(connected.await(30, TimeUnit.SECONDS)).isTrue();
    return started;
  }

  @AfterEach
  void stop() throws IOException {
    if (relay != null) {
      relay.broker().close();
    }
    broker.close();
  }

  private static long afterAllPatience() {
    return System.nanoTime() + FakeBroker.PATIENCE.multipliedBy(2).toNanos();
  }

  private static Frame subscribe(String id, String destination) {
    return Frame.of(Command.SUBSCRIBE).header("id", id).header("destination", destination).build();
  }

  private static void until(BooleanSupplier condition) throws InterruptedException {
    long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("in time").isLessThan(deadline);
      Thread.sleep(5);
    }
  }

  @Test
  void itLogsInForTheClientInTheClientsVersion() throws Exception {
    start().open(Version.V1_1, new Told());
    Frame connect = broker.next().take(Command.CONNECT);
    assertThat(connect.header("login")).isEqualTo("client");
    assertThat(connect.header("passcode")).isEqualTo("secret:one");
    assertThat(connect.header("accept-version")).isEqualTo("1.1");
  }

  @Test
  void aMessageCarriesTheClientsNameOfTheDestination() throws Exception {
    var told = new Told();
    RelayLink link = start().open(Version.V1_2, told);
    FakeBroker.Peer peer = broker.next();
    peer.take(Command.CONNECT);
    link.forward(subscribe("1", "/user/ann/queue/x"));
    assertThat(peer.take(Command.SUBSCRIBE).header("destination"))
        .isEqualTo("/topic/%25user.ann.queue.x");

    peer.message("1", "/topic/whatever", "hello");

    Frame message = told.take();
    assertThat(message.header("destination")).isEqualTo("/user/queue/x");
    assertThat(message.header("message-id")).isEqualTo("m-1");
    assertThat(message.header("colour")).isEqualTo("red");
    assertThat(message.header("receipt")).as("the publisher's").isNull();
    assertThat(message.header("redelivered")).as("not at first").isNull();
  }

  @Test
  void aBrokerMayEscapeForAnOlderClientAsForTheNewest() throws Exception {
    var told = new Told();
    RelayLink link = start().open(Version.V1_1, told);
    FakeBroker.Peer peer = broker.next();
    link.forward(subscribe("1", "/topic/a"));

    peer.send(
        "MESSAGE\nsubscription:1\ndestination:/topic/a\nmessage-id:m\nx:a\\rb\n\nhello\0"
            .getBytes(UTF_8));

    assertThat(told.take().header("x")).isEqualTo("a\rb");
  }

  @Test
  void aWildcardNeverShowsAnotherUsersQueue() throws Exception {
    var told = new Told();
    RelayLink link = start().open(Version.V1_2, told);
    FakeBroker.Peer peer = broker.next();
    link.forward(subscribe("1", "/topic/**"));

    peer.message("1", "/topic/%25user.bob.queue.x", "secret");
    peer.message("1", "/topic/a.b", "public");

    Frame message = told.take();
    assertThat(message.header("destination")).isEqualTo("/topic/a/b");
    assertThat(told.frames).isEmpty();
  }

  @Test
  void receiptsOfTheClientPassAndOurOwnDoNot() throws Exception {
    var told = new Told();
    RelayLink link = start().open(Version.V1_2, told);
    FakeBroker.Peer peer = broker.next();
    peer.take(Command.CONNECT);
    var commit =
        CompletableFuture.runAsync(
            () ->
                link.commit(
                    List.of(
                        Frame.of(Command.SEND)
                            .header("destination", "/queue/a")
                            .body("job")
                            .build(),
                        Frame.of(Command.ACK).header("id", "7").build())),
            task -> Thread.ofVirtual().start(task));
    peer.receipt(peer.take(Command.BEGIN));
    peer.receipt(peer.take(Command.SEND));
    assertThat(peer.take(Command.ACK).header("transaction")).isNotNull();
    peer.send(Frame.of(Command.RECEIPT).header("receipt-id", "the-clients").build());
    Frame last = peer.take(Command.COMMIT);
    assertThat(commit).isNotDone();
    peer.receipt(last);

    commit.get(30, TimeUnit.SECONDS);
    assertThat(told.take().header("receipt-id")).isEqualTo("the-clients");
    assertThat(told.frames).isEmpty();
  }

  @Test
  void anErrorOfTheBrokerIsToldWithoutItsInternals() throws Exception {
    var told = new Told();
    start().open(Version.V1_2, told);
    FakeBroker.Peer peer = broker.next();
    peer.send(
        Frame.of(Command.ERROR)
            .header("message", "not found")
            .header("receipt-id", "r")
            .body("{badmatch, <0.1.0>}")
            .build());
    assertThat(told.end()).isEqualTo("r: the broker refused it: not found");
  }

  @Test
  void nothingIsPassedOnBehindAnError() throws Exception {
    var told = new Told();
    RelayLink link = start().open(Version.V1_2, told);
    FakeBroker.Peer peer = broker.next();
    link.forward(subscribe("1", "/topic/a"));
    peer.send(
        "ERROR\nmessage:a\n\n\0ERROR\nmessage:b\n\n\0RECEIPT\nreceipt-id:r\n\n\0".getBytes(UTF_8));

    assertThat(told.end()).isEqualTo("null: the broker refused it: a");
    assertThat(told.end()).isEqualTo("lost");
    assertThat(told.frames).isEmpty();
  }

  @Test
  void aLostConnectionIsToldAndForgotten() throws Exception {
    var told = new Told();
    StompRelay started = start();
    RelayLink link = started.open(Version.V1_2, told);
    FakeBroker.Peer peer = broker.next();
    assertThat(started.connections()).isOne();

    peer.hangUp();

    assertThat(told.end()).isEqualTo("lost");
    until(() -> started.connections() == 0);
    assertThatThrownBy(() -> link.commit(List.of(subscribe("1", "/topic/a"))))
        .isInstanceOf(PharosException.class);
  }

  @Test
  void closingTellsTheClientNothing() throws Exception {
    var told = new Told();
    StompRelay started = start();
    RelayLink link = started.open(Version.V1_2, told);
    FakeBroker.Peer peer = broker.next();
    peer.take(Command.CONNECT);
    link.close();
    peer.awaitEnd();
    assertThat(started.connections()).isZero();
    assertThat(told.ends).isEmpty();
  }

  @Test
  void aBrokerThatHangsUpBehindItsGoodbyeIsNotLost() throws Exception {
    var told = new Told();
    RelayLink link = start().open(Version.V1_2, told);
    FakeBroker.Peer peer = broker.next();
    peer.take(Command.CONNECT);
    var goodbye = CompletableFuture.runAsync(link::finish, task -> Thread.ofVirtual().start(task));

    peer.receipt(peer.take(Command.DISCONNECT));
    peer.hangUp();

    goodbye.get(30, TimeUnit.SECONDS);
    assertThat(told.ends).isEmpty();
  }

  @Test
  void aBrokerThatHangsUpWithoutAGoodbyeIsToldOnce() throws Exception {
    var told = new Told();
    RelayLink link = start().open(Version.V1_2, told);
    FakeBroker.Peer peer = broker.next();
    peer.take(Command.CONNECT);
    var goodbye = CompletableFuture.runAsync(link::finish, task -> Thread.ofVirtual().start(task));
    peer.take(Command.DISCONNECT);

    ((ClientLink) link).ended();

    assertThatThrownBy(goodbye::join).hasCauseInstanceOf(PharosException.class);
    assertThat(told.ends).as("told by what is thrown").isEmpty();
  }

  @Test
  void heartBeatsGoToTheBroker() throws Exception {
    StompRelay started = start();
    broker.heartBeat("0,100");
    started.open(Version.V1_2, new Told());
    FakeBroker.Peer peer = broker.next();
    until(
        () -> {
          started.tick();
          return peer.heartBeats.get() >= 2;
        });
  }

  @Test
  void aBrokerThatIsNotHeardOfIsLost() throws Exception {
    StompRelay started = start();
    broker.heartBeat("100,0");
    var told = new Told();
    started.open(Version.V1_2, told);
    broker.next();
    assertThat(told.end()).isEqualTo("lost");
  }

  @Test
  void aClientThatMakesNoRoomKeepsTheBrokerWaitingAndIsThenGivenUp() throws Exception {
    StompRelay started = start();
    var told = new Told();
    told.full = true;
    RelayLink link = started.open(Version.V1_2, told);
    FakeBroker.Peer peer = broker.next();
    link.forward(subscribe("1", "/topic/a"));
    peer.message("1", "/topic/a", "one");
    until(
        () -> {
          started.tick(afterAllPatience());
          return !told.ends.isEmpty();
        });
    assertThat(told.end()).isEqualTo("too slow");
    told.room.countDown();
  }

  @Test
  void aBrokerThatDoesNotReadIsGivenUp() throws Exception {
    StompRelay started = start();
    var told = new Told();
    RelayLink link = started.open(Version.V1_2, told);
    FakeBroker.Peer peer = broker.next();
    peer.stopReading();
    Frame large =
        Frame.of(Command.SEND).header("destination", "/queue/a").body(new byte[1 << 20]).build();
    var flood =
        CompletableFuture.runAsync(
            () -> {
              while (true) {
                link.forward(large);
              }
            },
            task -> Thread.ofVirtual().start(task));
    until(
        () -> {
          started.tick(afterAllPatience());
          return flood.isDone();
        });
    assertThatThrownBy(flood::join).hasCauseInstanceOf(PharosException.class);
    assertThat(told.end()).isEqualTo("lost");
    peer.hangUp();
  }
}
