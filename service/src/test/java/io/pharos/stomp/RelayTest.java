package io.pharos.stomp;

import static org.assertj.core.api.Assertions.assertThat;

import io.pharos.hub.HandlerReply;
import io.pharos.hub.HandlerRequest;
import io.pharos.hub.MessageHandlers;
import io.pharos.message.Body;
import io.pharos.message.Destination;
import io.pharos.message.PharosException;
import io.pharos.message.PharosException.Code;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a client's session does when another broker answers for its destinations. */
class RelayTest {
  private final List<Frame> forwarded = new ArrayList<>();
  private final List<String> ends = new ArrayList<>();
  private boolean away;
  private @Nullable RelayClient behind;
  private final Bench bench = new Bench(this::open);

  private RelayLink open(Version version, RelayClient client) {
    if (away) {
      throw new PharosException(Code.UNAVAILABLE, "the broker is away");
    }
    behind = client;
    return new RelayLink() {
      @Override
      public void forward(Frame frame) {
        forwarded.add(frame);
      }

      @Override
      public void commit(List<Frame> frames) {
        forwarded.addAll(frames);
        ends.add("commit");
      }

      @Override
      public void finish() {
        ends.add("finish");
      }

      @Override
      public void close() {
        ends.add("close");
      }
    };
  }

  private RelayClient behind() {
    return java.util.Objects.requireNonNull(behind);
  }

  @Test
  void aReceiptComesWhenTheBrokerGivesIt() throws Exception {
    Client client = bench.connected(Version.V1_2);
    client.send("SEND\ndestination:/topic/public/a\nreceipt:r\ncolour:red\n\nhi\0");

    client.assertQuiet();
    assertThat(forwarded).hasSize(1);
    assertThat(forwarded.getFirst().header("receipt")).isEqualTo("r");
    assertThat(forwarded.getFirst().header("colour")).isEqualTo("red");
    behind().frame(Frame.of(Command.RECEIPT).header("receipt-id", "r").build());
    client.takeReceipt("r");
  }

  @Test
  void anotherUsersQueueIsNeverNamedByASubscriber() {
    Client client = bench.connected(Version.V1_2);
    client.send("SUBSCRIBE\nid:1\ndestination:/user/queue/x\nx-queue-name:secrets\n\n\0");
    Frame frame = forwarded.getFirst();
    assertThat(frame.header("destination")).isEqualTo("/user/ann/queue/x");
    assertThat(frame.header("x-queue-name")).as("an order to the broker").isNull();
  }

  @Test
  void rightsAreCheckedBeforeAnythingIsForwarded() {
    bench
        .connected(Version.V1_2, "reader")
        .send("SEND\ndestination:/topic/public/a\n\nhi\0")
        .takeError("FORBIDDEN", 1008);
    bench
        .connected(Version.V1_2, "writer")
        .send("SUBSCRIBE\nid:1\ndestination:/topic/a\n\n\0")
        .takeError("FORBIDDEN", 1008);
    assertThat(forwarded).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SUBSCRIBE\nid:1\ndestination:/topic/a\nlast-event-id:earliest\n\n\0",
        "SUBSCRIBE\nid:1\ndestination:/topic/*\nack:client\n\n\0",
        "SEND\ndestination:/topic/public/a\nidempotency-key:k\n\n\0",
        "SEND\ndestination:/app/a\n\n\0"
      })
  void whatTheBrokerCannotDoIsRefused(String frame) {
    bench.connected(Version.V1_2).send(frame).takeError("UNSUPPORTED", 1008);
    assertThat(forwarded).isEmpty();
  }

  @Test
  void aTransactionGoesToTheBrokerAsAWholeAtCommit() {
    Client client = bench.connected(Version.V1_2);
    client.send("BEGIN\ntransaction:t\n\n\0");
    client.send("SEND\ndestination:/queue/a\ntransaction:t\nreceipt:s\n\njob\0").takeReceipt("s");
    client.send("ACK\nid:7\ntransaction:t\n\n\0");
    assertThat(forwarded).isEmpty();

    client.send("COMMIT\ntransaction:t\nreceipt:c\n\n\0").takeReceipt("c");

    assertThat(forwarded).extracting(Frame::command).containsExactly(Command.SEND, Command.ACK);
    assertThat(ends).containsExactly("commit");
  }

  @Test
  void aBrokerThatIsAwayRefusesClientsWhoAreToComeBack() {
    away = true;
    bench
        .client()
        .send("CONNECT\naccept-version:1.2\nhost:x\npasscode:ann\n\n\0")
        .takeError("UNAVAILABLE", 1013);
  }

  @Test
  void aLostBrokerEndsTheSession() {
    Client client = bench.connected(Version.V1_2);
    behind().lost();
    client.takeError("UNAVAILABLE", 1013);
    assertThat(ends).containsExactly("close");
  }

  @Test
  void whatTheBrokerRefusesIsAnErrorThatNamesTheReceipt() {
    Client client = bench.connected(Version.V1_2);
    behind().refused("r", "the broker refused it: why");
    assertThat(client.takeError("BAD_REQUEST", 1002).header("receipt-id")).isEqualTo("r");
  }

  @Test
  void theBrokerHearsOfADisconnectBeforeTheClientsReceipt() {
    Client client = bench.connected(Version.V1_2);
    client.onFrame = () -> assertThat(ends).containsExactly("finish");
    client.send("DISCONNECT\nreceipt:bye\n\n\0").takeReceipt("bye");
  }

  @Test
  void aHandlersReplyReachesTheSessionThatSubscribedThroughTheBroker() {
    bench.handlers = new Replying();
    Client client = bench.connected(Version.V1_2);
    Client other = bench.connected(Version.V1_2);
    for (Client each : List.of(client, other)) {
      each.send("SUBSCRIBE\nid:e\ndestination:/user/queue/errors\n\n\0");
      each.send("SUBSCRIBE\nid:x\ndestination:/user/queue/other\n\n\0");
    }

    client.send("SEND\ndestination:/app/a\n\n\0");
    Frame reply = client.take(Command.MESSAGE);
    assertThat(reply.header("subscription")).isEqualTo("e");
    assertThat(reply.header("destination")).isEqualTo("/user/queue/errors");
    client.send("UNSUBSCRIBE\nid:e\n\n\0").send("SEND\ndestination:/app/a\n\n\0").assertQuiet();
    other.assertQuiet();
  }

  private static final class Replying implements MessageHandlers {
    @Override
    public void send(HandlerRequest request) {
      request
          .replies()
          .accept(
              Destination.ofUser(request.session().identity().user(), "/queue/errors"),
              new HandlerReply(Body.of("wrong"), "text/plain"));
    }

    @Override
    public @Nullable HandlerReply subscribe(HandlerRequest request) {
      return null;
    }
  }

  @Test
  void subscriptionsAreCountedAndForgotten() {
    Client client = bench.connected(Version.V1_2);
    for (int i = 0; i < 12; i++) {
      client.send(
          "SUBSCRIBE\nid:"
              + i
              + "\ndestination:/queue/a\nack:client\n"
              + (i < 10 ? "prefetch-count:1000" : "prefetch-count:1")
              + "\n\n\0");
      if (i == 9) {
        client.send("UNSUBSCRIBE\nid:0\n\n\0");
        client.assertQuiet();
      }
    }
    client.assertQuiet();
    client
        .send("SUBSCRIBE\nid:x\ndestination:/queue/a\nack:client\nprefetch-count:1000\n\n\0")
        .takeError("LIMIT_EXCEEDED", 1008);
  }
}
