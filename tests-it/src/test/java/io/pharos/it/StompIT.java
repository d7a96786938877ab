package io.pharos.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import jakarta.websocket.DeploymentException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.glassfish.tyrus.client.exception.DeploymentHandshakeException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** STOMP over WebSocket, by a client that nobody wrote for this server. */
class StompIT extends NodeTest {
  private static final int MAX_BODY = 64 * 1024;

  private final String topic = "/topic/stomp/" + UUID.randomUUID();
  private Rest alice;

  @BeforeEach
  void callAsAlice() {
    alice = Rest.of(node(), Token.of("alice"));
  }

  private static StompClient connect(StompVersion version) throws Exception {
    return StompClient.connect(node(), version, Token.of("alice"));
  }

  private static StompClient connect() throws Exception {
    return connect(StompVersion.V1_2);
  }

  private static StompClient open(StompVersion version) throws Exception {
    return StompClient.open(node(), version, Map.of());
  }

  @Tag("stomp-30")
  @ParameterizedTest
  @EnumSource
  void versionAskedForIsSpokenAndConfirmed(StompVersion version) throws Exception {
    try (StompClient client = open(version)) {
      client.send(client.connectFrame().with("Authorization", Token.of("alice").bearer()));
      Frame connected = client.expect("CONNECTED");

      assertThat(client.subprotocol()).isEqualTo(version.subprotocol());
      assertThat(connected.header("version")).isEqualTo(version.number());
      assertThat(connected.header("session")).isNotEmpty();
      assertThat(connected.header("server")).startsWith("pharos/");
      assertThat(connected.header("user-name")).isEqualTo("alice");
    }
  }

  @ParameterizedTest
  @EnumSource
  void messageIsSentReceivedAndConfirmed(StompVersion version) throws Exception {
    try (StompClient client = connect(version)) {
      client.subscribe("s1", topic);
      client.send(
          Frame.of(
                  "SEND",
                  "destination",
                  topic,
                  "content-type",
                  "text/plain",
                  "event",
                  "greeting",
                  "receipt",
                  "r1")
              .body("grüße"));
      List<Frame> both = List.of(client.next(Await.PATIENCE), client.next(Await.PATIENCE));
      Frame receipt = one(both, "RECEIPT");
      Frame message = one(both, "MESSAGE");

      assertThat(receipt.header("receipt-id")).isEqualTo("r1");
      assertThat(message.text()).isEqualTo("grüße");
      assertThat(message.headers())
          .containsEntry("subscription", "s1")
          .containsEntry("destination", topic)
          .containsEntry("content-type", "text/plain")
          .containsEntry("content-length", "7")
          .containsEntry("event", "greeting")
          .containsEntry("message-id", receipt.header("position"))
          .doesNotContainKeys("receipt", "Authorization", "passcode", "ack");
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"V1_1", "V1_2"})
  void headersWithColonsAndBackslashesArriveAsTheyWere(StompVersion version) throws Exception {
    try (StompClient client = connect(version)) {
      client.subscribe("a:b\\c", topic);
      client.send(Frame.of("SEND", "destination", topic, "place", "a:b\\c ").body("x"));
      Frame message = client.expect("MESSAGE");

      assertThat(message.header("subscription")).isEqualTo("a:b\\c");
      assertThat(message.header("place")).isEqualTo("a:b\\c ");
    }
  }

  @ParameterizedTest
  @EnumSource
  void resumingReplaysWhatWasMissedThenGoesOnLive(StompVersion version) throws Exception {
    List<String> ids = IntStream.range(0, 4).mapToObj(i -> alice.publish(topic, "m" + i)).toList();

    try (StompClient client = connect(version)) {
      Frame receipt = client.subscribe("s", topic, "last-event-id", ids.get(1));
      assertThat(receipt.header("position")).isEqualTo(ids.get(1));
      assertThat(client.expect("MESSAGE").header("message-id")).isEqualTo(ids.get(2));
      assertThat(client.expect("MESSAGE").text()).isEqualTo("m3");
      alice.publish(topic, "live");
      assertThat(client.expect("MESSAGE").text()).isEqualTo("live");
    }
  }

  @Test
  void tenThousandMessagesReachAClientThatDropsAndResumesExactlyOnce() throws Exception {
    var numbers = new Numbers(10_000);
    String start = alice.publish(topic, "start");
    CompletableFuture<Void> publisher = numbers.publish(alice, topic);

    List<String> received = numbers.readBreakingOff(id -> source(connect(), id), start, 3, 500);
    publisher.get();

    assertThat(received).isEqualTo(numbers.all());
  }

  private Numbers.Source source(StompClient client, String lastId) throws IOException {
    client.subscribe("s", topic, "last-event-id", lastId);
    return new Numbers.Source() {
      @Override
      public Numbers.@Nullable Received next() {
        Frame message = client.next(Await.PATIENCE);
        if ("SLOW_CONSUMER".equals(message.header("pharos-error"))) {
          return null;
        }
        assertThat(message.command()).isEqualTo("MESSAGE");
        assertThat(message.isGap()).isFalse();
        return new Numbers.Received(message.text(), header(message, "message-id"));
      }

      @Override
      public void close() throws IOException {
        client.close();
      }
    };
  }

  @Test
  void positionThatHistoryNoLongerReachesGetsAGapAndThenWhatIsRetained() throws Exception {
    String trimmed = "/topic/trimmed/" + UUID.randomUUID();
    String first = alice.publish(trimmed, "m0");
    IntStream.range(1, 20).forEach(i -> alice.publish(trimmed, "m" + i));

    try (StompClient client = connect()) {
      client.subscribe("s", trimmed, "last-event-id", first);
      Frame gap = client.expect("MESSAGE");
      assertThat(gap.isGap()).isTrue();
      assertThat(gap.header("subscription")).isEqualTo("s");
      assertThat(gap.header("position")).endsWith("-15");
      IntStream.range(15, 20)
          .forEach(i -> assertThat(client.expect("MESSAGE").text()).isEqualTo("m" + i));
    }
  }

  @Test
  void destinationWithoutHistorySaysThatItDeliversAtMostOnce() throws Exception {
    try (StompClient client = connect()) {
      Frame receipt = client.subscribe("s", "/topic/fleeting/" + UUID.randomUUID());

      assertThat(receipt.header("pharos-delivery")).isEqualTo("at-most-once");
    }
  }

  @Test
  void patternTakesInWhatItMatches() throws Exception {
    try (StompClient client = connect()) {
      client.subscribe("s", topic + "/*/x");
      alice.publish(topic + "/a/y", "no");
      alice.publish(topic + "/a/x", "yes");

      Frame message = client.expect("MESSAGE");
      assertThat(message.header("destination")).isEqualTo(topic + "/a/x");
      assertThat(message.text()).isEqualTo("yes");
    }
  }

  @Test
  void sameDestinationSubscribedTwiceYieldsTwoMessages() throws Exception {
    try (StompClient client = connect()) {
      client.subscribe("one", topic);
      client.subscribe("two", topic);
      alice.publish(topic, "x");

      assertThat(
              IntStream.range(0, 2).mapToObj(i -> header(client.expect("MESSAGE"), "subscription")))
          .containsExactlyInAnyOrder("one", "two");
    }
  }

  @ParameterizedTest
  @EnumSource
  void nothingComesAfterTheReceiptOfUnsubscribe(StompVersion version) throws Exception {
    try (StompClient client = connect(version)) {
      client.subscribe("s", topic);
      alice.publish(topic, "before");
      assertThat(client.expect("MESSAGE").text()).isEqualTo("before");
      client.send(Frame.of("UNSUBSCRIBE", "id", "s", "receipt", "gone"));
      assertThat(client.expect("RECEIPT").header("receipt-id")).isEqualTo("gone");
      alice.publish(topic, "after");

      assertThat(client.settle("end")).isEmpty();
    }
  }

  @Test
  void version10UnsubscribesByDestination() throws Exception {
    try (StompClient client = connect(StompVersion.V1_0)) {
      client.send(Frame.of("SUBSCRIBE", "destination", topic, "receipt", "in"));
      client.expect("RECEIPT");
      alice.publish(topic, "x");
      assertThat(client.expect("MESSAGE").headers()).doesNotContainKey("subscription");
      client.send(Frame.of("UNSUBSCRIBE", "destination", topic, "receipt", "out"));
      client.expect("RECEIPT");
      alice.publish(topic, "y");

      assertThat(client.settle("end")).isEmpty();
    }
  }

  @Test
  void queueOfTheOwnUserIsReadAndThatOfAnotherIsNot() throws Exception {
    try (StompClient client = connect()) {
      client.subscribe("s", "/user/queue/letters");
      client.send(Frame.of("SEND", "destination", "/user/bob/queue/letters").body("for bob"));
      client.send(Frame.of("SEND", "destination", "/user/alice/queue/letters").body("for alice"));

      Frame message = client.expect("MESSAGE");
      assertThat(message.text()).isEqualTo("for alice");
      assertThat(message.header("destination")).isEqualTo("/user/queue/letters");
      client.send(Frame.of("SUBSCRIBE", "id", "t", "destination", "/user/bob/queue/letters"));
      assertThat(client.expect("ERROR").header("pharos-error")).isEqualTo("FORBIDDEN");
      assertThat(client.closeCode()).isEqualTo(1008);
    }
  }

  @Test
  void sameIdempotencyKeyIsStoredOnce() throws Exception {
    try (StompClient client = connect()) {
      client.subscribe("s", topic);
      Frame send = Frame.of("SEND", "destination", topic, "idempotency-key", "k").body("once");
      client.send(send.with("receipt", "a"));
      client.send(send.with("receipt", "b"));
      client.send(Frame.of("SEND", "destination", topic, "receipt", "c").body("twice"));
      List<Frame> all = IntStream.range(0, 5).mapToObj(i -> client.next(Await.PATIENCE)).toList();

      assertThat(all.stream().filter(f -> f.command().equals("MESSAGE")).map(Frame::text))
          .containsExactly("once", "twice");
    }
  }

  @ParameterizedTest
  @EnumSource
  void receiptOfDisconnectArrivesBeforeTheClose(StompVersion version) throws Exception {
    for (int i = 0; i < 20; i++) {
      try (StompClient client = connect(version)) {
        long sent = System.nanoTime();
        client.send(Frame.of("DISCONNECT", "receipt", "bye"));

        assertThat(client.expect("RECEIPT").header("receipt-id")).isEqualTo("bye");
        boolean closed = client.isClosed();
        // The client has five seconds to close; this test may have been held up for longer.
        assertThat(closed && System.nanoTime() - sent < Duration.ofSeconds(4).toNanos()).isFalse();
      }
    }
  }

  @Test
  void clientThatWaitsAfterDisconnectIsClosedNormally() throws Exception {
    try (StompClient client = connect()) {
      client.send(Frame.of("DISCONNECT", "receipt", "bye"));
      client.expect("RECEIPT");
      try {
        client.send(Frame.of("SEND", "destination", topic).body("too late"));
      } catch (IllegalStateException e) {
        // This test was held up for longer than the server waits: it comes too late indeed.
      }

      assertThat(client.closeCode()).isEqualTo(1000);
    }
    assertThat(Rest.json(alice.get(Rest.history(topic))).objects("messages")).isEmpty();
  }

  @Test
  void disconnectWithoutReceiptIsClosedNormally() throws Exception {
    try (StompClient client = connect()) {
      client.send(Frame.of("DISCONNECT"));

      assertThat(client.closeCode()).isEqualTo(1000);
    }
  }

  /** What a client does wrong, and how it is told. */
  record Mistake(String what, String frame, String kind, int closeCode) {
    @Override
    public String toString() {
      return what;
    }
  }

  static List<Mistake> mistakes() {
    return List.of(
        new Mistake("unknown command", "HELLO\n\n\0", "BAD_REQUEST", 1002),
        new Mistake("header without colon", "SEND\ndestination\n\n\0", "BAD_REQUEST", 1002),
        new Mistake("no destination", "SEND\n\nx\0", "BAD_REQUEST", 1002),
        new Mistake("wild destination", "SEND\ndestination:/topic/*\n\nx\0", "BAD_REQUEST", 1002),
        new Mistake("unknown escape", "SEND\ndestination:/topic/a\\t\n\nx\0", "BAD_REQUEST", 1002),
        new Mistake(
            "length that is none",
            "SEND\ndestination:/topic/x\ncontent-length:x\n\nx\0",
            "BAD_REQUEST",
            1002),
        new Mistake(
            "length that is too short",
            "SEND\ndestination:/topic/x\ncontent-length:1\n\nxy\0",
            "BAD_REQUEST",
            1002),
        new Mistake(
            "length beyond any limit",
            "SEND\ndestination:/topic/x\ncontent-length:99999999999\n\nx\0",
            "TOO_LARGE",
            1009),
        new Mistake("no id", "SUBSCRIBE\ndestination:/topic/x\n\n\0", "BAD_REQUEST", 1002),
        new Mistake("unknown subscription", "UNSUBSCRIBE\nid:nobody\n\n\0", "BAD_REQUEST", 1002),
        new Mistake("second CONNECT", "CONNECT\naccept-version:1.2\n\n\0", "BAD_REQUEST", 1002),
        new Mistake("command of a server", "MESSAGE\n\n\0", "BAD_REQUEST", 1002),
        new Mistake(
            "nonsense to resume from",
            "SUBSCRIBE\nid:1\ndestination:/topic/x\nlast-event-id:nonsense\n\n\0",
            "BAD_REQUEST",
            1002),
        new Mistake("too many headers", manyHeaders(), "TOO_LARGE", 1009),
        new Mistake(
            "header that is too long",
            "SEND\ndestination:/topic/x\nlong:" + "x".repeat(20_000) + "\n\n\0",
            "TOO_LARGE",
            1009),
        new Mistake(
            "queue by pattern", "SUBSCRIBE\nid:1\ndestination:/queue/*\n\n\0", "BAD_REQUEST", 1002),
        new Mistake("handler", "SUBSCRIBE\nid:1\ndestination:/app/x\n\n\0", "UNSUPPORTED", 1008),
        new Mistake("acknowledgement of nothing", "ACK\nid:1-x\n\n\0", "BAD_REQUEST", 1002),
        new Mistake(
            "transaction that is not open", "COMMIT\ntransaction:t\n\n\0", "BAD_REQUEST", 1002));
  }

  private static String manyHeaders() {
    var frame = new StringBuilder("SEND\n");
    IntStream.range(0, 100).forEach(i -> frame.append('h').append(i).append(":v\n"));
    return frame.append("\n\0").toString();
  }

  @ParameterizedTest
  @MethodSource("mistakes")
  void mistakeIsAnsweredByAnErrorAndACloseAndTouchesNobodyElse(Mistake mistake) throws Exception {
    try (StompClient bystander = connect();
        StompClient client = connect()) {
      bystander.subscribe("s", topic);
      client.sendText(mistake.frame());
      Frame error = client.expect("ERROR");

      assertThat(error.header("pharos-error")).isEqualTo(mistake.kind());
      assertThat(error.header("message")).isNotEmpty();
      assertThat(error.text()).isNotEmpty().doesNotContain("Exception", "io.pharos");
      assertThat(client.closeCode()).isEqualTo(mistake.closeCode());
      alice.publish(topic, "still there");
      assertThat(bystander.expect("MESSAGE").text()).isEqualTo("still there");
    }
  }

  @Test
  void errorNamesTheReceiptOfTheFrameThatFailed() throws Exception {
    try (StompClient client = connect()) {
      client.send(Frame.of("SEND", "destination", "/nowhere", "receipt", "r:9").body("x"));

      assertThat(client.expect("ERROR").header("receipt-id")).isEqualTo("r:9");
    }
  }

  @Test
  void versionThatNobodySpeaksIsRefusedWithThoseThatAreSpoken() throws Exception {
    try (StompClient client = open(StompVersion.V1_2)) {
      client.send(Frame.of("CONNECT", "accept-version", "2.0,3.1", "host", "h"));
      Frame error = client.expect("ERROR");

      assertThat(header(error, "version")).contains("1.0", "1.1", "1.2");
      assertThat(client.closeCode()).isEqualTo(1002);
    }
  }

  @Test
  void firstFrameMustBeConnect() throws Exception {
    try (StompClient client = open(StompVersion.V1_2)) {
      client.send(Frame.of("SEND", "destination", topic).body("x"));

      client.expect("ERROR");
      assertThat(client.closeCode()).isEqualTo(1002);
    }
    assertThat(Rest.json(alice.get(Rest.history(topic))).objects("messages")).isEmpty();
  }

  @Test
  void nobodyConnectsWithoutATokenThatHolds() throws Exception {
    Token good = Token.of("alice");
    for (String token :
        List.of(
            "garbage",
            good.lasting(Duration.ofSeconds(-5)).sign(),
            good.signedWith("another-key-of-the-same-length-0123").sign(),
            good.unsigned().sign(),
            good.claim("aud", "somebody-else").sign())) {
      try (StompClient client = open(StompVersion.V1_2)) {
        client.send(client.connectFrame().with("Authorization", "Bearer " + token));
        Frame error = client.expect("ERROR");

        assertThat(error.text()).doesNotContain(token);
        assertThat(client.closeCode()).isEqualTo(1008);
      }
    }
    try (StompClient client = open(StompVersion.V1_2)) {
      client.send(client.connectFrame());
      assertThat(client.expect("ERROR").header("pharos-error")).isEqualTo("UNAUTHENTICATED");
    }
  }

  @Test
  void tokenMayComeAsPasscodeOrWithTheHandshake() throws Exception {
    String token = Token.of("alice").sign();
    try (StompClient client = open(StompVersion.V1_2)) {
      client.send(client.connectFrame().with("login", "x").with("passcode", token));
      assertThat(client.expect("CONNECTED").header("user-name")).isEqualTo("alice");
    }
    for (Map<String, String> headers :
        List.of(
            Map.of("Authorization", "Bearer " + token),
            Map.of("Cookie", "pharos_token=" + token))) {
      try (StompClient client = StompClient.open(node(), StompVersion.V1_2, headers)) {
        client.send(client.connectFrame());
        assertThat(client.expect("CONNECTED").header("user-name")).isEqualTo("alice");
      }
    }
  }

  @Test
  void handshakeWithATokenThatDoesNotHoldIsRefused() {
    String expired = Token.of("alice").lasting(Duration.ofSeconds(-5)).sign();

    assertThat(handshakeStatus(Map.of("Authorization", "Bearer " + expired))).isEqualTo(401);
    assertThat(handshakeStatus(Map.of("Cookie", "pharos_token=garbage"))).isEqualTo(401);
  }

  @ParameterizedTest
  @ValueSource(strings = {"https://evil.example", "https://app.example.evil.example", "null"})
  void handshakeFromAForeignOriginIsRefused(String origin) {
    assertThat(handshakeStatus(Map.of("Origin", origin))).isEqualTo(403);
  }

  @Test
  void noHandshakeMakesAnHttpSession() throws IOException {
    long before = httpSessions();
    try (RawHttp accepted = RawHttp.connect(node())) {
      accepted.upgrade(
          "Authorization: " + Token.of("alice").bearer(), "Cookie: JSESSIONID=of-another");
      HttpHead head = accepted.head();
      assertThat(head.status()).isEqualTo(101);
      assertThat(head.header("Set-Cookie")).isEmpty();
      refusedHandshake();

      assertThat(httpSessions()).isLessThanOrEqualTo(before);
    }
  }

  private static void refusedHandshake() throws IOException {
    try (RawHttp socket = RawHttp.connect(node())) {
      socket.request(
          "GET",
          "/ws",
          "Upgrade: websocket",
          "Connection: Upgrade",
          "Sec-WebSocket-Version: 7",
          "Sec-WebSocket-Key: MDEyMzQ1Njc4OWFiY2RlZg==");
      assertThat(socket.head().status()).isEqualTo(400);
    }
  }

  /** How many HTTP sessions the container keeps. */
  private static long httpSessions() throws IOException {
    return jvm().instances("com.ibm.ws.session.store.memory.MemorySession");
  }

  @Test
  void handshakeFromAnAllowedOriginIsWelcome() {
    assertThat(handshakeStatus(Map.of("Origin", Node.property("test.allowed.origin"))))
        .isEqualTo(101);
  }

  @Test
  void callWithoutAnUpgradeIsGreetedAsBySockJs() {
    assertThat(alice.get("/ws").body()).isEqualTo("Welcome to SockJS!\n");
  }

  /** How a handshake ends. */
  private static int handshakeStatus(Map<String, String> headers) {
    try {
      StompClient.open(node(), StompVersion.V1_2, headers).close();
      return 101;
    } catch (DeploymentException e) {
      if (e.getCause() instanceof DeploymentHandshakeException refused) {
        return refused.getHttpStatusCode();
      }
      if (e instanceof DeploymentHandshakeException refused) {
        return refused.getHttpStatusCode();
      }
      throw new AssertionError("not refused by a status", e);
    } catch (IOException e) {
      throw new AssertionError("no connection", e);
    }
  }

  @Test
  void rightsAreCheckedOnSendAndSubscribe() throws Exception {
    Token reader = Token.of("reader").withoutRights();
    try (StompClient client = StompClient.connect(node(), reader)) {
      client.send(Frame.of("SEND", "destination", topic).body("x"));
      assertThat(client.expect("ERROR").text()).contains("publish", topic);
      assertThat(client.closeCode()).isEqualTo(1008);
    }
    Token nobody = Token.of("nobody").claim("pharos", Map.of());
    try (StompClient client = StompClient.connect(node(), nobody)) {
      client.send(Frame.of("SUBSCRIBE", "id", "1", "destination", topic));
      assertThat(client.expect("ERROR").text()).contains("subscribe", topic);
    }
  }

  @Test
  void connectionEndsWithItsToken() throws Exception {
    Token brief = Token.of("brief").lasting(Duration.ofSeconds(10));
    try (StompClient client = StompClient.connect(node(), brief)) {
      client.subscribe("s", topic);

      assertThat(client.expect("ERROR").header("pharos-error")).isEqualTo("TOKEN_EXPIRED");
      assertThat(client.closeCode()).isEqualTo(1008);
    }
  }

  @Test
  void serverBeatsWhenItHasNothingToSay() throws Exception {
    try (StompClient client = open(StompVersion.V1_2)) {
      client.send(
          client
              .connectFrame()
              .with("heart-beat", "0,1000")
              .with("Authorization", Token.of("alice").bearer()));
      Frame connected = client.expect("CONNECTED");
      long[] offered =
          Arrays.stream(header(connected, "heart-beat").split(",", -1))
              .mapToLong(Long::parseLong)
              .toArray();

      assertThat(offered[0]).isPositive();
      Await.until("three heart-beats", () -> client.heartBeats() >= 3);
      assertThat(client.waiting()).isEmpty();
    }
  }

  @Test
  void clientThatPromisedToBeatAndDoesNotIsClosed() throws Exception {
    try (StompClient client = open(StompVersion.V1_2)) {
      client.send(
          client
              .connectFrame()
              .with("heart-beat", "1000,0")
              .with("Authorization", Token.of("alice").bearer()));
      client.expect("CONNECTED");

      assertThat(client.closeCode()).isEqualTo(1013);
    }
  }

  @Test
  void framesMayBeSplitOverMessagesAnywhere() throws Exception {
    try (StompClient client = connect()) {
      client.subscribe("s", topic);
      byte[] frame =
          Frame.of("SEND", "destination", topic, "receipt", "r")
              .body("grüße")
              .encode(StompVersion.V1_2);
      for (byte b : frame) {
        client.sendBinary(new byte[] {b});
      }

      assertThat(
              one(List.of(client.next(Await.PATIENCE), client.next(Await.PATIENCE)), "MESSAGE")
                  .text())
          .isEqualTo("grüße");
    }
  }

  @Test
  void oneMessageMayHoldManyFrames() throws Exception {
    try (StompClient client = connect()) {
      var all = new ByteArrayOutputStream();
      all.writeBytes("\n\r\n".getBytes(StandardCharsets.US_ASCII));
      all.writeBytes(
          Frame.of("SUBSCRIBE", "id", "s", "destination", topic).encode(StompVersion.V1_2));
      for (int i = 0; i < 50; i++) {
        all.writeBytes(
            Frame.of("SEND", "destination", topic).body("m" + i).encode(StompVersion.V1_2));
        all.write('\n');
      }
      client.sendText(all.toString(StandardCharsets.UTF_8));

      for (int i = 0; i < 50; i++) {
        assertThat(client.expect("MESSAGE").text()).isEqualTo("m" + i);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void bodyOfTheLargestSizePassesAndOneByteMoreDoesNot(StompVersion version) throws Exception {
    String largest = "x".repeat(MAX_BODY);
    try (StompClient client = connect(version)) {
      client.subscribe("s", topic);
      client.send(Frame.of("SEND", "destination", topic).body(largest));
      assertThat(client.expect("MESSAGE").text()).isEqualTo(largest);
      client.send(Frame.of("SEND", "destination", topic).body(largest + "x"));
      assertThat(client.expect("ERROR").text()).contains("65536");
      assertThat(client.closeCode()).isEqualTo(1009);
    }
  }

  @ParameterizedTest
  @EnumSource
  void binaryBodyArrivesByteForByte(StompVersion version) throws Exception {
    byte[] body = new byte[MAX_BODY];
    new Random(1).nextBytes(body);
    body[0] = 0;
    body[1] = (byte) 0xff;
    try (StompClient client = connect(version)) {
      client.subscribe("s", topic);
      client.sendBinary(Frame.of("SEND", "destination", topic).body(body).encode(version));

      assertThat(client.expect("MESSAGE").body()).isEqualTo(body);
      assertThat(client.binaryMessages()).isPositive();
    }
  }

  @Test
  void socketMessageBeyondTheLimitClosesTheConnection() throws Exception {
    try (StompClient client = connect()) {
      // Whether the client sees the end while it still writes is a matter of time.
      var unused =
          catchThrowable(
              () -> client.sendText("SEND\ndestination:" + topic + "\n\n" + "x".repeat(3 << 20)));
      assertThat(client.closeCode()).isIn(1009, 1006);
      assertThat(client.waiting()).isEmpty();
    }
    assertThat(Rest.json(alice.get(Rest.history(topic))).objects("messages")).isEmpty();
  }

  @Test
  void manyClientsThatComeAndGoLeaveNothingBehind() throws Exception {
    var metrics = new Metrics(node());
    Await.until("earlier sessions to end", () -> metrics.open() == 0);
    // The container keeps some endpoints whose connections both sides closed at once.
    long before = sessions();
    for (int i = 0; i < 100; i++) {
      try (StompClient client = connect()) {
        client.subscribe("s", topic);
      }
    }

    Await.until("all sessions to end", () -> metrics.open() == 0);
    // The timer lets go of them in its next turn, the container of the last one when it likes.
    Await.until("all but a few sessions to be let go of", () -> sessions() < before + 5);
  }

  private static long sessions() {
    try {
      return jvm().instances("io.pharos.session.Session");
    } catch (IOException e) {
      throw new AssertionError("no histogram", e);
    }
  }

  private static Frame one(List<Frame> frames, String command) {
    return frames.stream()
        .filter(frame -> frame.command().equals(command))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no " + command + " among " + frames));
  }

  private static String header(Frame frame, String name) {
    @Nullable String value = frame.header(name);
    if (value == null) {
      throw new AssertionError("no header " + name + " in " + frame);
    }
    return value;
  }
}
