package io.pharos.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Event streams, seen as bytes and as events. */
class EventStreamIT extends NodeTest {
  private final String topic = "/topic/stream/" + UUID.randomUUID();
  private final String authorization = "Authorization: " + Token.of("alice").bearer();
  private Rest alice;

  @BeforeEach
  void callAsAlice() {
    alice = Rest.of(node(), Token.of("alice"));
  }

  private EventStream open(String... destinations) throws IOException {
    return EventStream.raw(node(), EventStream.of(destinations), authorization);
  }

  private EventStream resume(String lastEventId, String... destinations) throws IOException {
    return EventStream.raw(
        node(), EventStream.of(destinations), authorization, "Last-Event-ID: " + lastEventId);
  }

  @Test
  void answerHasTheHeadersOfAnEventStream() throws IOException {
    try (EventStream stream = open(topic)) {
      assertThat(stream.head().status()).isEqualTo(200);
      assertThat(stream.head().header("content-type").orElse(""))
          .matches("text/event-stream(;charset=utf-8)?");
      assertThat(stream.head().header("cache-control").orElse("")).contains("no-store");
      assertThat(stream.head().header("x-accel-buffering")).hasValue("no");
      assertThat(stream.head().header("content-length")).isEmpty();
      assertThat(stream.head().header("content-encoding")).isEmpty();
    }
  }

  @Test
  void firstEventIsConnectedAndCarriesTheCurrentPositionAsItsId() throws IOException {
    alice.publish(topic, "one");
    String second = alice.publish(topic, "two");

    try (EventStream stream = open(topic)) {
      Event connected = stream.connected();

      assertThat(connected.id()).isEqualTo(second);
      assertThat(connected.json().text("user")).isEqualTo("alice");
      assertThat(connected.json().text("position")).isEqualTo(second);
      assertThat(stream.text()).startsWith("retry: ");
    }
  }

  @Test
  void dataHasOneLineForEachLineOfTheBodyWhateverEndsIt() throws IOException {
    try (EventStream stream = open(topic)) {
      stream.connected();
      String id = alice.publish(topic, "l1\nl2\r\n l3\rl4\n\nid: 7\n");
      alice.publish(topic, "");

      stream.awaitText(
          "id: "
              + id
              + "\ndata: l1\ndata: l2\ndata:  l3\ndata: l4\ndata: \ndata: id: 7\ndata: \n\n");
      assertThat(stream.next().data()).isEqualTo("l1\nl2\n l3\nl4\n\nid: 7\n");
      assertThat(stream.next().data()).isEmpty();
      assertThat(stream.text()).doesNotContain("\r").doesNotContain("\uFEFF");
    }
  }

  @Test
  void headerNamesTheEvent() throws IOException {
    try (EventStream stream = open(topic)) {
      stream.connected();
      String id = alice.publish(topic, "4.2", "Pharos-Header-Event", "price");

      assertThat(stream.next()).isEqualTo(new Event(id, "price", "4.2"));
      alice.publish(topic, "plain");
      assertThat(stream.next().type()).isEqualTo("message");
    }
  }

  @Test
  void textBeyondTheBasicPlaneArrivesAsItWas() throws IOException {
    try (EventStream stream = open(topic)) {
      stream.connected();
      alice.publish(topic, "grüße 🎈 \u2028 ende");

      assertThat(stream.next().data()).isEqualTo("grüße 🎈 \u2028 ende");
    }
  }

  @Test
  void clientOfHttp10GetsAStreamUntilItsEnd() throws IOException {
    try (RawHttp exchange = RawHttp.connect(node())) {
      exchange.send("GET " + EventStream.of(topic) + " HTTP/1.0\r\n" + authorization + "\r\n\r\n");
      HttpHead head = exchange.head();
      byte[] start = exchange.body(head).readNBytes(60);

      assertThat(head.status()).isEqualTo(200);
      assertThat(head.header("transfer-encoding")).isEmpty();
      assertThat(new String(start, StandardCharsets.UTF_8)).contains("event: connected");
    }
  }

  @Test
  void resumingByHeaderReplaysWhatWasMissedThenGoesOnLive() throws IOException {
    List<String> ids = IntStream.range(0, 5).mapToObj(i -> alice.publish(topic, "m" + i)).toList();

    try (EventStream stream = resume(ids.get(1), topic)) {
      assertThat(stream.connected().id()).isEqualTo(ids.get(1));
      assertThat(stream.next()).isEqualTo(new Event(ids.get(2), "message", "m2"));
      assertThat(stream.next().data()).isEqualTo("m3");
      assertThat(stream.next().data()).isEqualTo("m4");
      alice.publish(topic, "live");
      assertThat(stream.next().data()).isEqualTo("live");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"lastEventId", "last_event_id"})
  void resumingByQueryDoesTheSame(String parameter) throws IOException {
    String first = alice.publish(topic, "m0");
    alice.publish(topic, "m1");
    String target = EventStream.of(topic) + "&" + parameter + "=" + first;

    try (EventStream stream =
        EventStream.http(node(), target, Map.of("Authorization", Token.of("alice").bearer()))) {
      stream.connected();
      assertThat(stream.next().data()).isEqualTo("m1");
    }
  }

  @Test
  void headerWinsOverTheQuery() throws IOException {
    String first = alice.publish(topic, "m0");
    String second = alice.publish(topic, "m1");
    alice.publish(topic, "m2");

    try (EventStream stream =
        EventStream.raw(
            node(),
            EventStream.of(topic) + "&lastEventId=" + first,
            authorization,
            "Last-Event-ID: " + second)) {
      stream.connected();
      assertThat(stream.next().data()).isEqualTo("m2");
    }
  }

  @Test
  void tenThousandMessagesReachClientsThatDropAndResumeExactlyOnce() throws Exception {
    var numbers = new Numbers(10_000);
    String start = alice.publish(topic, "start");
    String bearer = Token.of("alice").bearer();
    Numbers.Connector byHeader = id -> source(resume(id, topic));
    Numbers.Connector byQuery =
        id ->
            source(
                EventStream.http(
                    node(),
                    EventStream.of(topic) + "&lastEventId=" + id,
                    Map.of("Authorization", bearer)));

    CompletableFuture<Void> publisher = numbers.publish(alice, topic);
    CompletableFuture<List<String>> other =
        CompletableFuture.supplyAsync(() -> read(numbers, byQuery, start, 2));
    List<String> received = numbers.readBreakingOff(byHeader, start, 1, 300);
    publisher.get();

    assertThat(received).isEqualTo(numbers.all());
    assertThat(other.get()).isEqualTo(numbers.all());
  }

  private static List<String> read(
      Numbers numbers, Numbers.Connector connector, String start, long seed) {
    try {
      return numbers.readBreakingOff(connector, start, seed, 300);
    } catch (Exception e) {
      throw new AssertionError("reading failed", e);
    }
  }

  private static Numbers.Source source(EventStream stream) {
    stream.connected();
    return new Numbers.Source() {
      @Override
      public Numbers.@Nullable Received next() {
        Event event = stream.nextOrEnd();
        if (event == null) {
          return null;
        }
        assertThat(event.type()).isEqualTo("message");
        return new Numbers.Received(event.data(), event.id());
      }

      @Override
      public void close() {
        stream.close();
      }
    };
  }

  @Test
  void positionThatHistoryNoLongerReachesGetsAGapAndThenWhatIsRetained() throws IOException {
    String trimmed = "/topic/trimmed/" + UUID.randomUUID();
    String first = alice.publish(trimmed, "m0");
    IntStream.range(1, 20).forEach(i -> alice.publish(trimmed, "m" + i));

    try (EventStream stream = resume(first, trimmed)) {
      assertThat(stream.connected().id()).isEqualTo(first);
      Event gap = stream.next();
      assertThat(gap.type()).isEqualTo("gap");
      assertThat(gap.json().text("destination")).isEqualTo(trimmed);
      assertThat(gap.json().text("position")).endsWith("-15").isEqualTo(gap.id());
      IntStream.range(15, 20).forEach(i -> assertThat(stream.next().data()).isEqualTo("m" + i));
      alice.publish(trimmed, "live");
      assertThat(stream.next().data()).isEqualTo("live");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"nonsense", "a-b-c", "_zzzzz.0-abc-1", "é", "<script>", "0-", "zzzz-12"})
  void headerThatMakesNoSenseGetsAGapAndNoError(String id) throws IOException {
    alice.publish(topic, "retained");

    try (EventStream stream = resume(id, topic)) {
      assertThat(stream.head().status()).isEqualTo(200);
      stream.connected();
      assertThat(stream.next().type()).isEqualTo("gap");
      assertThat(stream.next().data()).isEqualTo("retained");
    }
  }

  @Test
  void queryThatMakesNoSenseIsRefused() {
    HttpResponse<String> answer = alice.get(EventStream.of(topic) + "&lastEventId=nonsense");

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
  }

  @Test
  void positionOfAnotherDestinationGetsAGap() throws IOException {
    String elsewhere = alice.publish(topic + "/other", "elsewhere");
    alice.publish(topic, "here");

    try (EventStream stream = resume(elsewhere, topic)) {
      stream.connected();
      assertThat(stream.next().type()).isEqualTo("gap");
      assertThat(stream.next().data()).isEqualTo("here");
    }
  }

  @Test
  void silenceIsFilledWithComments() throws IOException {
    try (EventStream stream = open(topic)) {
      stream.connected();
      String before = stream.text();

      Await.until(
          () -> "comments alone after " + before + " in " + stream.text(),
          Await.PATIENCE,
          () -> stream.text().substring(before.length()).matches("(: ?\n\n)+"));
      assertThat(stream.waiting()).isEmpty();
    }
  }

  @Test
  void streamEndsWithItsTokenAndTheClientIsToldToStop() throws IOException {
    Token brief = Token.of("brief").lasting(Duration.ofSeconds(10));
    try (EventStream stream =
        EventStream.raw(node(), EventStream.of(topic), "Authorization: " + brief.bearer())) {
      stream.connected();

      Event expired = stream.next();
      assertThat(expired.type()).isEqualTo("expired");
      // For whoever comes back with another token.
      assertThat(stream.text()).contains(": Resume after " + stream.lastEventId() + "\n");
      assertThat(stream.awaitEnd(Await.PATIENCE)).isTrue();
      assertThat(stream.text()).contains("retry: ");

      Rest late = Rest.of(node(), brief);
      HttpResponse<String> again =
          late.get(EventStream.of(topic), "Last-Event-ID", stream.lastEventId());
      assertThat(again.statusCode()).isEqualTo(204);
      assertThat(late.get(EventStream.of(topic)).statusCode()).isEqualTo(401);
    }
  }

  @Test
  void onlyStreamsAreToldToStopWhenTheirTokenHasExpired() {
    Rest late = Rest.of(node(), Token.of("late").lasting(Duration.ofSeconds(-5)));
    String[] resuming = {"Last-Event-ID", "e-1"};

    assertThat(late.get("/api/notifications/stream", resuming).statusCode()).isEqualTo(204);
    for (HttpResponse<String> other :
        List.of(
            late.post(Rest.messages(topic), "lost?", resuming),
            late.get(Rest.history(topic), resuming),
            late.method("DELETE", "/api/connections?user=late", resuming))) {
      assertThat(other.statusCode()).as("%s", other.uri()).isEqualTo(401);
      assertThat(other.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    }
  }

  @Test
  void oneUserHasAsManyStreamsAsItLikes() throws IOException {
    var streams = new java.util.ArrayList<EventStream>();
    try {
      for (int i = 0; i < 10; i++) {
        streams.add(open(topic));
        streams.getLast().connected();
      }
      alice.publish(topic, "to all");

      for (EventStream stream : streams) {
        assertThat(stream.next().data()).isEqualTo("to all");
      }
    } finally {
      streams.forEach(EventStream::close);
    }
  }

  @Test
  void oneStreamTakesInSeveralDestinationsAndResumesAllOfThem() throws IOException {
    String[] destinations = {topic + "/a", topic + "/b/*", topic + "/c/**", "/user/queue/mixed"};
    String cursor;
    try (EventStream stream = open(destinations)) {
      stream.connected();
      alice.publish(topic + "/a", "a1");
      alice.publish(topic + "/b/x", "b1");
      alice.publish(topic + "/b/x/too-deep", "nobody's");
      alice.publish(topic + "/c/x/y", "c1");
      alice.publish("/user/alice/queue/mixed", "u1");

      assertThat(IntStream.range(0, 4).mapToObj(i -> stream.next().data()))
          .containsExactlyInAnyOrder("a1", "b1", "c1", "u1");
      cursor = stream.lastEventId();
    }
    assertThat(cursor).matches("[-._~0-9A-Za-z]{1,128}");
    alice.publish(topic + "/a", "a2");
    alice.publish(topic + "/b/x", "b2");
    alice.publish(topic + "/b/new", "new1");
    alice.publish("/user/alice/queue/mixed", "u2");

    try (EventStream stream = resume(cursor, destinations)) {
      stream.connected();
      assertThat(IntStream.range(0, 4).mapToObj(i -> stream.next().data()))
          .containsExactlyInAnyOrder("a2", "b2", "new1", "u2");
      alice.publish(topic + "/c/x/y", "c2");
      assertThat(stream.next().data()).isEqualTo("c2");
    }
  }

  @Test
  void overlappingDestinationsYieldEachMessageOnce() throws IOException {
    try (EventStream stream = open(topic + "/**", topic + "/a", topic + "/*")) {
      stream.connected();
      alice.publish(topic + "/a", "once");
      alice.publish(topic + "/b", "then");

      // Only the messages of one destination have an order.
      assertThat(IntStream.range(0, 2).mapToObj(i -> stream.next().data()))
          .containsExactlyInAnyOrder("once", "then");
      for (String destination : List.of(topic + "/a", topic + "/b")) {
        alice.publish(destination, "next");
        assertThat(stream.next().data()).isEqualTo("next");
      }
    }
  }

  @Test
  void queueOfAnotherUserIsInvisible() throws IOException {
    try (EventStream stream = open("/user/queue/letters")) {
      stream.connected();
      alice.publish("/user/bob/queue/letters", "for bob");
      alice.publish("/user/alice/queue/letters", "for alice");

      assertThat(stream.next().data()).isEqualTo("for alice");
      assertThat(stream.text()).doesNotContain("bob");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/user/bob/queue/letters",
        "/user/alice/queue/letters",
        "/user/*/queue/letters",
        "/user/**",
        "/user/queue"
      })
  void queuesOfUsersAreReadByNoOtherNameThanTheOwnOne(String destination) {
    assertThat(alice.get(EventStream.of(destination)).statusCode()).isIn(400, 403);
  }

  @Test
  void notificationsAreTheCallersOwn() throws IOException {
    try (EventStream stream = EventStream.raw(node(), "/api/notifications/stream", authorization)) {
      assertThat(stream.connected().json().text("user")).isEqualTo("alice");
      alice.publish("/user/bob/queue/notifications", "for bob");
      String id = alice.publish("/user/alice/queue/notifications", "for alice");

      assertThat(stream.next()).isEqualTo(new Event(id, "message", "for alice"));
    }
  }

  @Test
  void streamIsRefusedBeforeItBegins() {
    assertThat(alice.get("/api/stream").statusCode()).isEqualTo(400);
    assertThat(alice.get(EventStream.of("/topic/a*b")).statusCode()).isEqualTo(400);
    assertThat(alice.get(EventStream.of("/queue/work")).statusCode()).isEqualTo(400);
    String[] many = IntStream.range(0, 65).mapToObj(i -> "/topic/" + i).toArray(String[]::new);
    assertThat(alice.get(EventStream.of(many)).statusCode()).isEqualTo(400);
    Rest narrow =
        Rest.of(node(), Token.of("n").claim("pharos", Map.of("subscribe", List.of(topic))));
    assertThat(narrow.get(EventStream.of(topic, "/topic/else")).statusCode()).isEqualTo(403);
    assertThat(narrow.get(EventStream.of("/topic/**")).statusCode()).isEqualTo(403);
    assertThat(narrow.get("/api/notifications/stream").statusCode()).isEqualTo(403);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/api/stream?destination=/topic/head", "/api/notifications/stream"})
  void headAnswersLikeGetWithoutAStream(String target) throws IOException {
    HttpResponse<String> answer = alice.method("HEAD", target);

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("content-type").orElse(""))
        .startsWith("text/event-stream");
    try (EventStream stream = EventStream.raw(node(), target, authorization)) {
      for (String name : List.of("cache-control", "x-accel-buffering")) {
        assertThat(answer.headers().firstValue(name))
            .as(name)
            .isPresent()
            .isEqualTo(stream.head().header(name));
      }
    }
  }

  @Test
  void headIsRefusedWhereGetIs() {
    Rest nobody = Rest.of(node(), Token.of("n").claim("pharos", Map.of()));

    assertThat(alice.method("HEAD", "/api/stream").statusCode()).isEqualTo(400);
    assertThat(alice.method("HEAD", EventStream.of("/queue/work")).statusCode()).isEqualTo(400);
    assertThat(alice.method("HEAD", EventStream.of(topic) + "&lastEventId=no").statusCode())
        .isEqualTo(400);
    assertThat(nobody.method("HEAD", EventStream.of(topic)).statusCode()).isEqualTo(403);
    assertThat(nobody.method("HEAD", "/api/notifications/stream").statusCode()).isEqualTo(403);
  }

  @Test
  void allowedOriginMayReadWithItsCookie() throws IOException {
    String origin = Node.property("test.allowed.origin");
    try (EventStream stream =
        EventStream.raw(
            node(),
            EventStream.of(topic),
            "Origin: " + origin,
            "Cookie: pharos_token=" + Token.of("alice").sign())) {
      assertThat(stream.head().status()).isEqualTo(200);
      assertThat(stream.head().header("access-control-allow-origin")).hasValue(origin);
      assertThat(stream.head().header("access-control-allow-credentials")).hasValue("true");
      assertThat(stream.head().header("vary").orElse("")).contains("Origin");
      assertThat(stream.connected().json().text("user")).isEqualTo("alice");
    }
  }

  @Test
  void preflightAllowsWhatAResumingClientSends() throws IOException {
    try (RawHttp exchange = RawHttp.connect(node())) {
      exchange.request(
          "OPTIONS",
          EventStream.of(topic),
          "Origin: " + Node.property("test.allowed.origin"),
          "Access-Control-Request-Method: GET",
          "Access-Control-Request-Headers: authorization,last-event-id");
      HttpHead head = exchange.head();

      assertThat(head.status()).isEqualTo(204);
      assertThat(head.header("access-control-allow-headers").orElse(""))
          .contains("Last-Event-ID", "Authorization");
      assertThat(head.header("access-control-allow-methods").orElse("")).contains("GET");
      assertThat(head.header("access-control-max-age")).isPresent();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://evil.example",
        "https://app.example.evil.example",
        "http://app.example",
        "https://app.example:8443",
        "https://sub.app.example",
        "null",
        "nonsense"
      })
  void foreignOriginIsRefusedAndNotEchoed(String origin) throws IOException {
    for (String method : List.of("GET", "OPTIONS")) {
      try (RawHttp exchange = RawHttp.connect(node())) {
        exchange.request(
            method,
            EventStream.of(topic),
            "Origin: " + origin,
            "Access-Control-Request-Method: GET",
            authorization);
        HttpHead head = exchange.head();

        assertThat(head.status()).isEqualTo(403);
        assertThat(head.header("access-control-allow-origin")).isEmpty();
        assertThat(head.header("vary").orElse("")).contains("Origin");
      }
    }
  }

  @Test
  void destinationsMayBeEncodedAsTheClientLikes() throws IOException {
    String name = topic + "/grüße";
    try (EventStream stream =
        EventStream.raw(
            node(),
            "/api/stream?destination="
                + URLEncoder.encode(name, StandardCharsets.UTF_8).replace("%2F", "/"),
            authorization)) {
      stream.connected();
      alice.publish(name, "hello");
      assertThat(stream.next().data()).isEqualTo("hello");
    }
  }
}
