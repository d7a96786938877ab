package io.pharos.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.pharos.it.chat.ChatHandlers;
import io.pharos.it.relayed.BrokerWitness;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two nodes that relay to one RabbitMQ, which is killed in the middle. */
@Tag("cluster")
class RelayClusterIT {
  private static final Duration LONG = Duration.ofMinutes(3);

  private static RabbitMq broker;
  private static JarNode one;
  private static JarNode two;
  @TempDir private static Path folder;

  private final String name = UUID.randomUUID().toString();

  @BeforeAll
  static void start() throws IOException {
    assumeTrue(
        RabbitMq.isInstalled(),
        "RabbitMQ is not installed at " + RabbitMq.PROGRAM + ": nothing is relayed here");
    broker =
        RabbitMq.start(
            Files.createDirectories(Path.of(Node.property("usr.dir")).resolveSibling("rabbitmq")));
    Map<String, String> settings =
        Map.of(
            "PHAROS_BROKER", "relay",
            "PHAROS_RELAY_HOST", "127.0.0.1",
            "PHAROS_RELAY_PORT", Integer.toString(broker.stompPort()));
    Path server =
        ServerJar.of(
            PharosWar.atRoot()
                .addPackage(ChatHandlers.class.getPackage())
                .addPackage(BrokerWitness.class.getPackage()),
            folder.resolve("server.jar"));
    one = JarNode.start(server, Files.createDirectory(folder.resolve("1")), "one", settings);
    two = JarNode.start(server, Files.createDirectory(folder.resolve("2")), "two", settings);
  }

  @BeforeEach
  void allIsWell() throws IOException {
    broker.start();
    awaitReadiness(200);
  }

  @AfterAll
  static void stop() {
    if (one != null) {
      one.close();
    }
    if (two != null) {
      two.close();
    }
    if (broker != null) {
      broker.close();
    }
  }

  private static Rest rest(JarNode node) {
    return Rest.of(node.uri(), Token.of("publisher"));
  }

  private static StompClient stomp(JarNode node) throws Exception {
    return StompClient.connect(node.uri(), Token.of("ann"));
  }

  private static EventStream sse(JarNode node, String destination) throws IOException {
    EventStream stream =
        EventStream.raw(
            node.uri(), EventStream.of(destination), "Authorization: " + Token.of("ann").bearer());
    Event unused = stream.connected();
    return stream;
  }

  private static int readiness(JarNode node) {
    return new Rest(node.uri(), "").get("/health/ready").statusCode();
  }

  private static void awaitReadiness(int status) {
    for (JarNode node : List.of(one, two)) {
      Await.until(node.uri() + " to say " + status, LONG, () -> readiness(node) == status);
    }
  }

  private static List<String> numbers(int from, int to) {
    return IntStream.range(from, to).mapToObj(Integer::toString).toList();
  }

  /** What comes until the last one has come. */
  private static List<String> texts(StompClient client, String last) {
    var texts = new ArrayList<String>();
    do {
      texts.add(client.expect("MESSAGE").text());
    } while (!texts.getLast().equals(last));
    return texts;
  }

  private static List<String> data(EventStream stream, String last) {
    var data = new ArrayList<String>();
    do {
      Event event = stream.next();
      data.add(event.type().equals("message") ? event.data() : event.type());
    } while (!data.getLast().equals(last));
    return data;
  }

  @Test
  void everybodyOnBothNodesHearsAllInOneOrderAndAgainAfterTheBrokerWasKilled() throws Exception {
    String topic = "/topic/relay/a.b/" + name;
    int count = 500;
    try (EventStream first = sse(one, topic);
        EventStream second = sse(two, topic)) {
      for (int from : List.of(0, count)) {
        List<String> sent = numbers(from, from + count);
        try (StompClient ann = stomp(one);
            StompClient bob = stomp(two)) {
          ann.subscribe("1", topic);
          bob.subscribe("1", "/topic/relay/*/" + name);
          sent.subList(0, count / 2).forEach(number -> rest(one).publish(topic, number));
          rest(two).publishAll(topic, sent.subList(count / 2, count));

          assertThat(texts(ann, sent.getLast())).isEqualTo(sent);
          assertThat(texts(bob, sent.getLast())).isEqualTo(sent);
          assertThat(data(first, sent.getLast())).isEqualTo(sent);
          assertThat(data(second, sent.getLast())).isEqualTo(sent);
          if (from == 0) {
            killBrokerUnder(topic, ann, bob);
            broker.start();
            awaitReadiness(200);
            assertThat(first.next().type()).isEqualTo("gap");
            assertThat(second.next().type()).isEqualTo("gap");
          }
        }
      }
    }
  }

  private static void killBrokerUnder(String topic, StompClient... clients) throws Exception {
    broker.kill();
    for (StompClient client : clients) {
      assertThat(client.expect("ERROR").header("pharos-error")).isEqualTo("UNAVAILABLE");
      assertThat(client.closeCode()).isEqualTo(1013);
    }
    awaitReadiness(503);
    assertThat(rest(one).post(Rest.messages(topic), "x").statusCode()).isEqualTo(503);
    try (StompClient late = StompClient.open(two.uri(), StompVersion.V1_2, Map.of())) {
      late.send(late.connectFrame().with("Authorization", Token.of("late").bearer()));
      assertThat(late.expect("ERROR").header("pharos-error")).isEqualTo("UNAVAILABLE");
      assertThat(late.closeCode()).isEqualTo(1013);
    }
  }

  @Test
  void theApplicationIsToldWhenTheBrokerGoesAndComesBack() throws Exception {
    broker.kill();
    awaitReadiness(503);
    broker.start();
    awaitReadiness(200);

    for (JarNode node : List.of(one, two)) {
      // What is told last may come a moment after readiness has changed.
      Await.until("the application to be told", () -> seen(node).endsWith("false, true]"));
      assertThat(seen(node)).startsWith("[true, false, true");
    }
  }

  private static String seen(JarNode node) {
    try (StompClient ann = stomp(node)) {
      ann.send(Frame.of("SUBSCRIBE", "id", "1", "destination", "/app/broker.seen"));
      return ann.expect("MESSAGE").text();
    } catch (Exception e) {
      throw new AssertionError("the application does not answer", e);
    }
  }

  @Test
  void aLineOfTheChatIsHeardOnBothNodes() throws Exception {
    try (StompClient ann = StompClient.connect(one.uri(), Token.of("ann").withoutRights());
        StompClient bob = StompClient.connect(two.uri(), Token.of("bob").withoutRights())) {
      ann.subscribe("c", "/topic/chat");
      bob.subscribe("c", "/topic/chat");

      bob.send(Frame.of("SEND", "destination", "/app/chat.sendMessage").body("{\"text\":\"hi\"}"));

      for (StompClient each : new StompClient[] {ann, bob}) {
        Json message = Json.parse(each.expect("MESSAGE").text());
        assertThat(message.text("sender")).isEqualTo("bob");
        assertThat(message.text("text")).isEqualTo("hi");
      }
    }
  }

  @Test
  void everyAcknowledgedJobIsDoneThoughTheBrokerIsKilledAndAConsumerReturnsSome() throws Exception {
    String queue = "/queue/relay-" + name;
    int count = 2_000;
    List<String> jobs = numbers(0, count);
    for (int from = 0; from < count; from += 250) {
      rest(from % 500 == 0 ? one : two).publishAll(queue, jobs.subList(from, from + 250));
    }
    var books = new Worker.Books();
    var crew = new Worker[6];
    try (StompClient idler = stomp(one)) {
      idler.subscribe("1", queue, "ack", "client");
      String held = idler.expect("MESSAGE").text();
      for (int i = 0; i < crew.length; i++) {
        crew[i] = worker(i, queue, books);
      }
      Await.until(() -> books.done().size() + " done", LONG, () -> books.done().size() > count / 4);
      assertThat(books.unflagged()).as("redelivered without a flag").isEmpty();

      broker.kill();
      assertThat(books.done()).as("in the middle").doesNotContain(held);
      awaitReadiness(503);
      broker.start();
      awaitReadiness(200);

      for (int i = 0; i < crew.length; i++) {
        int at = i;
        Await.until("a worker to have ended", () -> crew[at].isEnded());
        crew[i].close();
        crew[i] = worker(i, queue, books);
      }
      Await.until(() -> books.done().size() + " done", LONG, () -> books.done().size() == count);
      assertThat(books.done()).containsExactlyInAnyOrderElementsOf(jobs);
    } finally {
      for (Worker worker : crew) {
        if (worker != null) {
          worker.close();
        }
      }
    }
  }

  /** The last one of them returns every fifth job. */
  private static Worker worker(int number, String queue, Worker.Books books) throws Exception {
    URI node = (number % 2 == 0 ? one : two).uri();
    return new Worker(node, queue, books, number == 5 ? 20 : 0);
  }

  @Test
  void aJobThatIsReturnedOrWhoseConsumerIsLostComesAgainAsARedelivery() throws Exception {
    String queue = "/queue/relay-again-" + name;
    rest(one).publish(queue, "job");
    try (StompClient first = stomp(two)) {
      first.subscribe("1", queue, "ack", "client-individual");
      Frame job = first.expect("MESSAGE");
      assertThat(job.header("redelivered")).isNull();
      assertThat(job.header("destination")).isEqualTo(queue);
      first.send(Frame.of("NACK", "id", String.valueOf(job.header("ack"))));
      assertThat(first.expect("MESSAGE").header("redelivered")).isEqualTo("true");
    }
    try (StompClient second = stomp(one)) {
      second.subscribe("1", queue, "ack", "client");
      Frame job = second.expect("MESSAGE");
      assertThat(job.header("redelivered")).isEqualTo("true");
      assertThat(job.text()).isEqualTo("job");
      second.send(Frame.of("ACK", "id", String.valueOf(job.header("ack"))));
      second.send(Frame.of("DISCONNECT", "receipt", "bye"));
      second.expect("RECEIPT");
    }
    rest(two).publish(queue, "next");
    try (StompClient third = stomp(one)) {
      third.subscribe("1", queue);
      assertThat(third.expect("MESSAGE").text()).as("the first one is done").isEqualTo("next");
    }
  }

  @Test
  void aTransactionIsCarriedOutAtCommitAndNotWhenItIsAborted() throws Exception {
    String queue = "/queue/relay-transaction-" + name;
    try (StompClient sender = stomp(one);
        StompClient consumer = stomp(two)) {
      consumer.subscribe("1", queue);
      for (String end : List.of("ABORT", "COMMIT")) {
        sender.send(Frame.of("BEGIN", "transaction", "t"));
        for (int i = 0; i < 2; i++) {
          sender.send(
              Frame.of("SEND", "destination", queue, "transaction", "t").body(end + " " + i));
        }
        sender.send(Frame.of(end, "transaction", "t", "receipt", end));
        assertThat(sender.expect("RECEIPT").header("receipt-id")).isEqualTo(end);
      }
      assertThat(texts(consumer, "COMMIT 1")).containsExactly("COMMIT 0", "COMMIT 1");
    }
  }

  @Test
  void aUsersQueueReachesAllOfTheirSessionsOnBothNodesAndNobodyElse() throws Exception {
    String queue = "/user/queue/" + name;
    try (EventStream stream = sse(one, queue);
        StompClient ann = stomp(two);
        StompClient bob = StompClient.connect(one.uri(), Token.of("bob"))) {
      ann.subscribe("1", queue);
      bob.subscribe("1", queue);
      bob.subscribe("2", "/topic/**");

      rest(two).publish("/user/ann/queue/" + name, "for ann");
      rest(two).publish("/user/bob/queue/" + name, "for bob");

      Frame message = ann.expect("MESSAGE");
      assertThat(message.text()).isEqualTo("for ann");
      assertThat(message.header("destination")).isEqualTo(queue);
      assertThat(stream.next().data()).isEqualTo("for ann");
      assertThat(bob.expect("MESSAGE").text()).isEqualTo("for bob");
    }
  }
}
