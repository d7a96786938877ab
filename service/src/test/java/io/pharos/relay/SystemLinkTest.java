package io.pharos.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pharos.broker.BrokerAvailability;
import io.pharos.broker.BrokerListener;
import io.pharos.broker.History;
import io.pharos.broker.Published;
import io.pharos.message.Body;
import io.pharos.message.Destination;
import io.pharos.message.DestinationPattern;
import io.pharos.message.Headers;
import io.pharos.message.Message;
import io.pharos.message.PharosException;
import io.pharos.message.PharosException.Code;
import io.pharos.message.Publication;
import io.pharos.stomp.Command;
import io.pharos.stomp.Frame;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The application's connection: publications, event streams, the broker's coming and going. */
class SystemLinkTest {
  private static final Destination NEWS = Destination.of("/topic/news");

  private final BlockingQueue<BrokerAvailability> changes = new LinkedBlockingQueue<>();
  private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
  private final FakeBroker broker = newBroker();
  private final StompRelay relay =
      new StompRelay(broker.settings(), task -> Thread.ofVirtual().start(task), changes::add);
  private FakeBroker.Peer peer;

  private static FakeBroker newBroker() {
    try {
      return new FakeBroker();
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @BeforeEach
  void start() throws Exception {
    relay
        .broker()
        .start(
            new BrokerListener() {
              @Override
              public void messages(Destination destination, List<Message> batch) {
                batch.forEach(m -> heard.add(destination + " " + m.body().textOrNull()));
              }

              @Override
              public void lost(Destination destination, History left) {
                heard.add(destination + " lost");
              }
            });
    peer = broker.next();
    awaitAvailability(true);
  }

  @AfterEach
  void stop() throws Exception {
    relay.broker().close();
    broker.close();
  }

  private void awaitAvailability(boolean available) throws InterruptedException {
    assertThat(changes.poll(30, TimeUnit.SECONDS)).isEqualTo(new BrokerAvailability(available));
  }

  private String hear() throws InterruptedException {
    return String.valueOf(heard.poll(30, TimeUnit.SECONDS));
  }

  private static <T> CompletableFuture<T> elsewhere(Supplier<T> call) {
    return CompletableFuture.supplyAsync(call, task -> Thread.ofVirtual().start(task));
  }

  private static void assertUnavailable(CompletableFuture<?> call) {
    assertThatThrownBy(() -> call.get(30, TimeUnit.SECONDS))
        .cause()
        .isInstanceOfSatisfying(
            PharosException.class, e -> assertThat(e.code()).isEqualTo(Code.UNAVAILABLE));
  }

  @Test
  void itLogsInAsTheSystemAndNamesItsVirtualHost() throws Exception {
    Frame connect = peer.take(Command.CONNECT);
    assertThat(connect.header("login")).isEqualTo("system");
    assertThat(connect.header("passcode")).isEqualTo("secret two");
    assertThat(connect.header("host")).isEqualTo("vhost");
    assertThat(connect.header("heart-beat")).isEqualTo("100,100");
  }

  @Test
  void publishingReturnsOnlyAfterTheBrokersReceipt() throws Exception {
    peer.take(Command.CONNECT);
    var headers = new Headers(Map.of("colour", "red", "reply-to", "/temp-queue/x", "X-Ttl", "1"));
    var publication =
        new Publication(Destination.of("/queue/a/b"), Body.of("job"), "text/plain", headers, null);

    CompletableFuture<List<Published>> call =
        elsewhere(() -> relay.queues().publish(List.of(publication)));
    Frame send = peer.take(Command.SEND);
    assertThat(call).isNotDone();
    peer.receipt(send);

    assertThat(call.get(30, TimeUnit.SECONDS)).hasSize(1);
    assertThat(send.header("destination")).isEqualTo("/queue/a%2Fb");
    assertThat(send.header("persistent")).isEqualTo("true");
    assertThat(send.header("colour")).isEqualTo("red");
    assertThat(send.header("reply-to")).as("orders to the broker").isNull();
    assertThat(send.header("X-Ttl")).isNull();
  }

  @Test
  void aBatchIsOneTransactionOfWhichEveryPartIsConfirmed() throws Exception {
    peer.take(Command.CONNECT);
    var call =
        elsewhere(
            () ->
                relay
                    .broker()
                    .publish(List.of(Publication.text(NEWS, "1"), Publication.text(NEWS, "2"))));

    Frame begin = peer.take(Command.BEGIN);
    Frame first = peer.take(Command.SEND);
    Frame second = peer.take(Command.SEND);
    Frame commit = peer.take(Command.COMMIT);
    assertThat(first.header("transaction")).isEqualTo(begin.header("transaction"));
    List.of(begin, commit, first).forEach(peer::receipt);
    assertThat(call).isNotDone();
    peer.receipt(second);

    assertThat(call.get(30, TimeUnit.SECONDS)).hasSize(2);
  }

  @Test
  void whileTheBrokerIsAwayPublishingFailsAtOnceAndAfterwardsItWorksAgain() throws Exception {
    peer.take(Command.CONNECT);
    var unanswered = elsewhere(() -> relay.broker().publish(List.of(Publication.text(NEWS, "1"))));
    peer.take(Command.SEND);

    broker.stop();
    peer.hangUp();

    assertUnavailable(unanswered);
    awaitAvailability(false);
    assertUnavailable(
        elsewhere(() -> relay.broker().publish(List.of(Publication.text(NEWS, "2")))));
    assertThatThrownBy(relay.broker()::check).isInstanceOf(PharosException.class);

    broker.startAgain();
    awaitAvailability(true);
    FakeBroker.Peer next = broker.next();
    next.take(Command.CONNECT);
    relay.broker().check();
    var call = elsewhere(() -> relay.broker().publish(List.of(Publication.text(NEWS, "3"))));
    Frame send = next.take(Command.SEND);
    assertThat(new String(send.body(), java.nio.charset.StandardCharsets.UTF_8))
        .as("nothing was kept meanwhile")
        .isEqualTo("3");
    next.receipt(send);
    assertThat(call.get(30, TimeUnit.SECONDS)).hasSize(1);
  }

  @Test
  void anErrorOfTheBrokerEndsTheConnectionAndAnotherOneIsOpened() throws Exception {
    peer.take(Command.CONNECT);
    peer.send(Frame.of(Command.ERROR).header("message", "no").build());
    peer.awaitEnd();
    awaitAvailability(false);
    awaitAvailability(true);
  }

  @Test
  void eventStreamsShareOneSubscriptionAndHearOfALossAfterIt() throws Exception {
    peer.take(Command.CONNECT);
    var first = elsewhere(() -> relay.broker().subscribe(DestinationPattern.of(NEWS)));
    Frame subscribe = peer.take(Command.SUBSCRIBE);
    assertThat(first).isNotDone();
    peer.receipt(subscribe);
    var interest = first.get(30, TimeUnit.SECONDS);
    var second = relay.broker().subscribe(DestinationPattern.of(NEWS));

    peer.message(String.valueOf(subscribe.header("id")), "/topic/news", "hello");
    assertThat(hear()).isEqualTo("/topic/news hello");

    peer.hangUp();
    FakeBroker.Peer next = broker.next();
    next.take(Command.CONNECT);
    Frame again = next.take(Command.SUBSCRIBE);
    next.receipt(again);
    assertThat(hear()).isEqualTo("/topic/news lost");
    next.message(String.valueOf(again.header("id")), "/topic/news", "back");
    assertThat(hear()).isEqualTo("/topic/news back");

    interest.close();
    second.close();
    next.take(Command.UNSUBSCRIBE);
  }

  @Test
  void whatIsLeftWhileTheBrokerIsAwayIsNotSubscribedToAgain() throws Exception {
    peer.take(Command.CONNECT);
    var call = elsewhere(() -> relay.broker().subscribe(DestinationPattern.of(NEWS)));
    peer.receipt(peer.take(Command.SUBSCRIBE));
    var interest = call.get(30, TimeUnit.SECONDS);

    broker.stop();
    peer.hangUp();
    awaitAvailability(false);
    interest.close();
    assertThatThrownBy(() -> relay.broker().subscribe(DestinationPattern.of(NEWS)))
        .isInstanceOf(PharosException.class);
    broker.startAgain();
    awaitAvailability(true);

    FakeBroker.Peer next = broker.next();
    next.take(Command.CONNECT);
    var publishing =
        elsewhere(() -> relay.broker().publish(List.of(Publication.text(NEWS, "first"))));
    next.receipt(next.take(Command.SEND));
    assertThat(publishing.get(30, TimeUnit.SECONDS)).hasSize(1);
  }

  @Test
  void aPositionFromBeforeNobodyFollowedIsOfAnotherEpoch() throws Exception {
    peer.take(Command.CONNECT);
    var epochs = new java.util.HashSet<String>();
    for (int i = 0; i < 2; i++) {
      var call = elsewhere(() -> relay.broker().subscribe(DestinationPattern.of(NEWS)));
      peer.receipt(peer.take(Command.SUBSCRIBE));
      var interest = call.get(30, TimeUnit.SECONDS);
      String epoch = relay.broker().history(NEWS, null, 0).top().epoch();
      assertThat(relay.broker().history(NEWS, null, 0).top().epoch()).isEqualTo(epoch);
      assertThat(epochs.add(epoch)).as("what was sent meanwhile was not counted").isTrue();
      interest.close();
      peer.take(Command.UNSUBSCRIBE);
    }
  }

  @Test
  void whatSuchABrokerCannotDoIsRefused() {
    var keyed = new Publication(NEWS, Body.of("x"), null, Headers.NONE, "key");
    assertThatThrownBy(() -> relay.broker().publish(List.of(keyed)))
        .hasMessageContaining("idempotency");
    assertThatThrownBy(() -> relay.broker().subscribe(new DestinationPattern("/topic/*")))
        .hasMessageContaining("wildcards");
    assertThat(relay.broker().retains(NEWS)).isFalse();
  }
}
