package io.pharos.relay;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.pharos.message.Destination;
import io.pharos.stomp.Command;
import io.pharos.stomp.Frame;
import io.pharos.stomp.RelayClient;
import io.pharos.stomp.RelayLink;
import io.pharos.stomp.Version;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.jspecify.annotations.Nullable;

/** Whatever a broker says. */
class BrokerFuzzTest {
  /** Each end of a connection is a line in the log: here there are hundreds. */
  private static final Logger LOG = Logger.getLogger("io.pharos.relay");

  @BeforeContainer
  static void silence() {
    LOG.setLevel(Level.SEVERE);
  }

  @AfterContainer
  static void unsilence() {
    LOG.setLevel(null);
  }

  /** Counts down when nothing comes any more. */
  private static final class Told implements RelayClient {
    final Queue<Frame> frames = new ConcurrentLinkedQueue<>();
    final Queue<String> refusals = new ConcurrentLinkedQueue<>();
    final CountDownLatch lost = new CountDownLatch(1);

    @Override
    public void frame(Frame frame) {
      frames.add(frame);
    }

    @Override
    public void refused(@Nullable String receiptId, String sentence) {
      refusals.add(sentence);
    }

    @Override
    public void lost() {
      lost.countDown();
    }

    @Override
    public void tooSlow() {
      throw new AssertionError("it has made room");
    }
  }

  @Provide
  Arbitrary<List<String>> sayings() {
    return Arbitraries.of(
            "MESSAGE\nsubscription:1\ndestination:/topic/a.b\nmessage-id:1\n\nhello\0",
            "MESSAGE\nsubscription:1\ndestination:/topic/%25user.bob.queue.x\n\nsecret\0",
            "MESSAGE\nsubscription:1\ndestination:/topic/%zz\ncontent-length:3\n\na\0b\0",
            "MESSAGE\nsubscription:2\n\n\0",
            "MESSAGE\n\n\0",
            "RECEIPT\nreceipt-id:r\n\n\0",
            "RECEIPT\n\n\0",
            "ERROR\nmessage:why\n\ninternals\0",
            "CONNECTED\nversion:1.1\n\n\0",
            "SUBSCRIBE\nid:1\ndestination:/topic/a\n\n\0",
            "\n")
        .list()
        .ofMaxSize(8);
  }

  @Property(tries = 300, shrinking = ShrinkingMode.OFF)
  void everyConversationEndsInALossAndShowsNobodyWhatIsNotTheirs(
      @ForAll("sayings") List<String> sayings, @ForAll Random random) throws Exception {
    var failures = new ConcurrentLinkedQueue<Throwable>();
    Executor executor = task -> Thread.ofVirtual().start(() -> guarded(task, failures));
    var connected = new CountDownLatch(1);
    try (var broker = new FakeBroker()) {
      var relay = new StompRelay(broker.settings(), executor, change -> connected.countDown());
      relay.broker().start((destination, batch) -> {});
      broker.next();
      assertThat(connected.await(30, TimeUnit.SECONDS)).isTrue();
      var told = new Told();
      RelayLink link = relay.open(Version.V1_2, told);
      FakeBroker.Peer peer = broker.next();
      link.forward(subscribe("1", "/topic/**"));
      link.forward(subscribe("2", "/queue/work"));
      peer.take(Command.CONNECT);
      peer.take(Command.SUBSCRIBE);
      peer.take(Command.SUBSCRIBE);

      var all = new StringBuilder();
      sayings.forEach(each -> all.append(random.nextInt(3) == 0 ? damaged(each, random) : each));
      peer.finishWith(all.toString().getBytes(ISO_8859_1));

      assertThat(told.lost.await(30, TimeUnit.SECONDS)).as("told of its end").isTrue();
      assertThat(told.refusals).hasSizeLessThanOrEqualTo(1);
      assertThat(told.refusals).noneMatch(each -> each.contains("internals"));
      assertThat(told.frames)
          .allSatisfy(frame -> assertThat(isForTheClient(frame)).as(frame.toString()).isTrue());
      relay.broker().close();
    }
    assertThat(failures).isEmpty();
  }

  private static void guarded(Runnable task, Queue<Throwable> failures) {
    try {
      task.run();
    } catch (RuntimeException | Error e) {
      failures.add(e);
    }
  }

  private static Frame subscribe(String id, String destination) {
    return Frame.of(Command.SUBSCRIBE).header("id", id).header("destination", destination).build();
  }

  private static boolean isForTheClient(Frame frame) {
    String destination = frame.header("destination");
    return switch (frame.command()) {
      case RECEIPT -> frame.header("receipt-id") != null;
      case MESSAGE ->
          destination != null
              && (destination.equals("/queue/work") || destination.startsWith("/topic/"));
      default -> false;
    };
  }

  private static String damaged(String saying, Random random) {
    var text = new StringBuilder(saying);
    int at = random.nextInt(saying.length());
    switch (random.nextInt(3)) {
      case 0 -> text.deleteCharAt(at);
      case 1 -> text.insert(at, "\0\n\r:\\%*/.".charAt(random.nextInt(9)));
      default -> text.setCharAt(at, (char) random.nextInt(256));
    }
    return text.toString();
  }

  /** A name is nothing of ours, or it is that of exactly one destination. */
  @Property
  void everyNameIsReadOrRefused(@ForAll("names") String name) {
    Destination destination = new BrokerName(name).destination();
    if (destination != null) {
      assertThat(BrokerName.of(destination).destination()).isEqualTo(destination);
    }
  }

  @Provide
  Arbitrary<String> names() {
    Arbitrary<String> parts =
        Arbitraries.oneOf(
            Arbitraries.of(
                "%2F", "%25", "%user.", "%25user.", "%C3%A4", "%", "%f", ".", "/", "..", "*"),
            Arbitraries.strings().ofMaxLength(3));
    return Arbitraries.of("/topic/", "/queue/", "/exchange/", "")
        .flatMap(kind -> parts.list().ofMaxSize(6).map(each -> kind + String.join("", each)));
  }
}
