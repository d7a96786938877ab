package io.pharos.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The REST interface: what it accepts, and how it refuses the rest. */
class PublishIT extends NodeTest {
  private static final int MAX_BODY = 64 * 1024;

  private final String topic = "/topic/publish/" + UUID.randomUUID();
  private Rest alice;
  private long logged;

  @BeforeEach
  void callAsAlice() throws IOException {
    alice = Rest.of(node(), Token.of("alice"));
    logged = Files.size(log());
  }

  /** Whatever was refused: for the operator one line at most, and never a trace. */
  @AfterEach
  void logHasNoStackTrace() throws IOException {
    byte[] log = Files.readAllBytes(log());
    int from = (int) Math.min(logged, log.length);
    assertThat(new String(log, from, log.length - from, StandardCharsets.UTF_8))
        .doesNotContain("\tat ")
        .doesNotContain(" at io.pharos")
        .doesNotContain("Exception");
  }

  @Test
  void acceptedMessageIsAnsweredWithItsIdAndDestination() {
    HttpResponse<String> answer =
        alice.post(Rest.messages(topic), "hello", "Content-Type", "text/plain");

    assertThat(answer.statusCode()).isEqualTo(201);
    assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/json");
    assertThat(Rest.json(answer).names()).containsOnly("id", "destination");
    assertThat(Rest.json(answer).text("id")).matches("[0-9A-Za-z]{1,16}-1");
    assertThat(Rest.json(answer).text("destination")).isEqualTo(topic);
  }

  @Test
  void historyReturnsBodiesContentTypesAndHeadersAsTheyWerePublished() {
    String first =
        alice.publish(topic, "{\"a\":1}", "Content-Type", "application/json;charset=utf-8");
    String second = alice.publish(topic, "grüße\n\r\n ende ", "Pharos-Header-Event", "greeting");

    Json history = Rest.json(alice.get(Rest.history(topic)));

    assertThat(history.text("destination")).isEqualTo(topic);
    assertThat(history.flag("complete")).isTrue();
    assertThat(history.text("position")).isEqualTo(second);
    List<Json> messages = messages(history);
    assertThat(messages).hasSize(2);
    assertThat(messages.get(0).text("id")).isEqualTo(first);
    assertThat(messages.get(0).text("body")).isEqualTo("{\"a\":1}");
    assertThat(messages.get(0).text("contentType")).isEqualTo("application/json;charset=utf-8");
    assertThat(messages.get(1).text("body")).isEqualTo("grüße\n\r\n ende ");
    assertThat(messages.get(1).object("headers").members())
        .containsOnly(Map.entry("event", "greeting"));
  }

  @Test
  void historyIsReadAfterAPositionAndInPages() {
    List<String> ids = IntStream.range(0, 5).mapToObj(i -> alice.publish(topic, "m" + i)).toList();

    Json page = Rest.json(alice.get(Rest.history(topic) + "&limit=2&after=" + ids.get(1)));

    assertThat(bodies(page)).containsExactly("m2", "m3");
    assertThat(page.text("position")).isEqualTo(ids.get(4));
  }

  @Test
  void sameIdempotencyKeyYieldsOneMessageAndTheSameId() {
    String first = alice.publish(topic, "once", "Idempotency-Key", "k1");
    String again = alice.publish(topic, "once", "Idempotency-Key", "k1");
    String other = alice.publish(topic, "twice", "Idempotency-Key", "k2");

    assertThat(again).isEqualTo(first);
    assertThat(other).isNotEqualTo(first);
    assertThat(messages(Rest.json(alice.get(Rest.history(topic))))).hasSize(2);
  }

  @Test
  void batchIsStoredInItsOrderAndAnsweredOneByOne() {
    String batch =
        """
        [{"destination":"%1$s","body":"a","headers":{"event":"e"},"idempotencyKey":"x"},
         {"destination":"%1$s","body":{"n":[1,2]}},
         {"destination":"%1$s","bodyBase64":"AP8="},
         {"destination":"%1$s","body":"a","headers":{"event":"e"},"idempotencyKey":"x"}]
        """
            .formatted(topic);

    HttpResponse<String> answer =
        alice.post("/api/messages/batch", batch, "Content-Type", "application/json");

    assertThat(answer.statusCode()).isEqualTo(201);
    List<Json> messages = messages(Rest.json(alice.get(Rest.history(topic))));
    assertThat(messages).hasSize(3);
    assertThat(messages.get(1).text("body")).isEqualTo("{\"n\":[1,2]}");
    assertThat(messages.get(1).text("contentType")).isEqualTo("application/json");
    assertThat(messages.get(2).text("bodyBase64")).isEqualTo("AP8=");
    assertThat(answer.body()).contains("-1\"", "-2\"", "-3\"").doesNotContain("-4\"");
  }

  @Test
  void batchWithOneRefusedMessageStoresNone() {
    String batch =
        "[{\"destination\":\"%s\",\"body\":\"a\"},{\"destination\":\"/nowhere\"}]".formatted(topic);

    HttpResponse<String> answer =
        alice.post("/api/messages/batch", batch, "Content-Type", "application/json");

    assertThat(problem(answer, 400)).contains("message 1 of the batch");
    assertThat(messages(Rest.json(alice.get(Rest.history(topic))))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "topic/x",
        "/topic",
        "/topic/",
        "/topic//x",
        "/topic/../x",
        "/topic/a b",
        "/topic/a*",
        "/topic/a\r\nb",
        "/topic/a\u0000",
        "/topic/%41",
        "/elsewhere/x",
        "/user/queue/x",
        "/user/a/topic/x"
      })
  void malformedDestinationIsRefusedAndNamed(String destination) {
    assertThat(problem(alice.post(Rest.messages(destination), "x"), 400)).contains("destination");
  }

  @Test
  void destinationOverTheLimitIsRefused() {
    assertThat(problem(alice.post(Rest.messages("/topic/" + "x".repeat(600)), "x"), 400))
        .contains("512 bytes");
  }

  @Test
  void missingDestinationIsRefused() {
    assertThat(problem(alice.post("/api/messages", "x"), 400)).contains("'destination'");
    assertThat(problem(alice.get("/api/history"), 400)).contains("'destination'");
  }

  @ParameterizedTest
  @CsvSource({
    "Pharos-Header-position, a, set by the server alone",
    "Pharos-Header-event, connected, reserved",
    "Idempotency-Key, '', dempotency",
    "Content-Encoding, gzip, Content-Encoding"
  })
  void headerThatCannotBeAcceptedIsRefusedAndNamed(String name, String value, String part) {
    assertThat(problem(alice.post(Rest.messages(topic), "x", name, value), 400)).contains(part);
  }

  @ParameterizedTest
  @ValueSource(strings = {"nonsense", "-1", "e-", "e-x", "e-01", "a-1-2", "é-1"})
  void malformedPositionIsRefused(String position) {
    String after = java.net.URLEncoder.encode(position, StandardCharsets.UTF_8);
    assertThat(problem(alice.get(Rest.history(topic) + "&after=" + after), 400))
        .contains("position");
  }

  @ParameterizedTest
  @ValueSource(strings = {"-1", "1001", "x", ""})
  void malformedLimitIsRefused(String limit) {
    assertThat(problem(alice.get(Rest.history(topic) + "&limit=" + limit), 400)).contains("limit");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "{}",
        "[1]",
        "[{}]",
        "[{\"destination\":\"/topic/x\",\"surprise\":1}]",
        "[{\"destination\":\"/topic/x\",\"headers\":{\"a\":1}}]",
        "[{\"destination\":\"/topic/x\",\"headers\":{\"a\":\"b\\r\\nc\"}}]",
        "[{\"destination\":\"/topic/x\",\"bodyBase64\":\"?\"}]",
        "[{\"destination\":\"/topic/x\",\"body\":\"a\",\"bodyBase64\":\"YQ==\"}]"
      })
  void malformedJsonIsRefused(String json) {
    assertThat(
            problem(
                alice.post("/api/messages/batch", json, "Content-Type", "application/json"), 400))
        .isNotEmpty();
  }

  @Test
  void deeplyNestedJsonIsRefused() {
    String json = "[".repeat(100_000);
    assertThat(
            problem(
                alice.post("/api/messages/batch", json, "Content-Type", "application/json"), 400))
        .isNotEmpty();
  }

  @Test
  void batchThatIsNotJsonIsRefusedByItsType() {
    assertThat(problem(alice.post("/api/messages/batch", "x", "Content-Type", "text/plain"), 415))
        .contains("content type");
  }

  @Test
  void nobodyPublishesWithoutATokenThatHolds() {
    Token good = Token.of("alice");
    Map<String, String> refused =
        Map.of(
            "none", "",
            "garbage", "garbage",
            "three parts of garbage", "a.b.c",
            "expired", good.lasting(java.time.Duration.ofSeconds(-5)).sign(),
            "signed with another key",
                good.signedWith("another-key-of-the-same-length-0123").sign(),
            "not signed", good.unsigned().sign(),
            "for another audience", good.claim("aud", "somebody-else").sign(),
            "for no audience", good.without("aud").sign(),
            "not valid yet", good.claim("nbf", 4102444800L).sign(),
            "without an end", good.without("exp").sign());

    refused.forEach(
        (what, token) -> {
          HttpResponse<String> answer = new Rest(node(), token).post(Rest.messages(topic), "x");
          assertThat(problem(answer, 401)).as(what).isNotEmpty();
          assertThat(answer.headers().firstValue("WWW-Authenticate"))
              .hasValue(token.isEmpty() ? "Bearer" : "Bearer error=\"invalid_token\"");
          assertThat(answer.body()).as(what).doesNotContain(token.isEmpty() ? "\0" : token);
          assertThat(new Rest(node(), token).get(Rest.history(topic)).statusCode()).isEqualTo(401);
          assertThat(new Rest(node(), token).get(EventStream.of(topic)).statusCode())
              .isEqualTo(401);
        });
    assertThat(messages(Rest.json(alice.get(Rest.history(topic))))).isEmpty();
  }

  @Test
  void publishingNeedsTheRightToDoSo() {
    Rest reader = Rest.of(node(), Token.of("reader").withoutRights());
    Rest narrow =
        Rest.of(
            node(),
            Token.of("narrow")
                .claim("pharos", Map.of("publish", List.of("/topic/publish/*/only"))));

    assertThat(problem(reader.post(Rest.messages(topic), "x"), 403)).contains("publish", topic);
    assertThat(problem(narrow.post(Rest.messages(topic), "x"), 403)).contains(topic);
    assertThat(problem(narrow.get(Rest.history(topic)), 403)).contains(topic);
    assertThat(narrow.post(Rest.messages(topic + "/only"), "x").statusCode()).isEqualTo(201);
  }

  @Test
  void historyOfAnotherUsersQueueIsNotToBeHad() {
    alice.publish("/user/bob/queue/private", "for bob alone");

    assertThat(problem(alice.get(Rest.history("/user/bob/queue/private")), 403)).isNotEmpty();
    assertThat(messages(Rest.json(alice.get(Rest.history("/user/queue/private"))))).isEmpty();
    Rest bob = Rest.of(node(), Token.of("bob"));
    assertThat(bodies(Rest.json(bob.get(Rest.history("/user/queue/private")))))
        .contains("for bob alone");
  }

  @Test
  void whatIsNotOfferedYetIsSaidToBeSo() {
    String destination = "/app/handler";
    assertThat(problem(alice.post(Rest.messages(destination), "x"), 501)).contains(destination);
  }

  @Test
  void unknownResourceIsAProblemToo() {
    assertThat(problem(alice.get("/api/nowhere"), 404)).isNotEmpty();
    assertThat(alice.get("/nowhere").statusCode()).isEqualTo(404);
  }

  @Test
  void wrongMethodNamesTheRightOnes() {
    HttpResponse<String> answer = alice.method("PUT", Rest.messages(topic));
    assertThat(problem(answer, 405)).isNotEmpty();
    assertThat(answer.headers().firstValue("Allow"))
        .hasValueSatisfying(allow -> assertThat(allow).contains("POST").doesNotContain("PUT"));

    HttpResponse<String> stream = alice.method("POST", EventStream.of(topic));
    assertThat(problem(stream, 405)).isNotEmpty();
    assertThat(stream.headers().firstValue("Allow"))
        .hasValueSatisfying(
            allow -> assertThat(allow).contains("GET", "HEAD").doesNotContain("POST"));
  }

  @Test
  void bodyOfTheLargestSizePassesAndOneByteMoreDoesNot() {
    String largest = "x".repeat(MAX_BODY);

    assertThat(alice.post(Rest.messages(topic), largest).statusCode()).isEqualTo(201);
    assertThat(problem(alice.post(Rest.messages(topic), largest + "x"), 413)).contains("65536");
  }

  @Test
  void bodyOfUnknownLengthIsRefusedAsSoonAsItIsTooLong() throws IOException {
    try (RawHttp exchange = RawHttp.connect(node())) {
      exchange.request(
          "POST",
          Rest.messages(topic),
          "Authorization: " + Token.of("alice").bearer(),
          "Transfer-Encoding: chunked",
          "Connection: close");
      String chunk = Integer.toHexString(16384) + "\r\n" + "x".repeat(16384) + "\r\n";
      // In one piece: it may be refused, and the connection closed, before the end is sent.
      exchange.send(chunk.repeat(6) + "0\r\n\r\n");
      HttpHead head = exchange.head();
      String body = new String(exchange.body(head).readAllBytes(), StandardCharsets.UTF_8);

      assertThat(head.status()).isEqualTo(413);
      assertThat(head.header("content-type")).hasValue("application/problem+json");
      assertThat(body).contains("65536");
    }
  }

  @Test
  void announcedLengthOverTheLimitIsRefusedBeforeTheBodyComes() throws IOException {
    try (RawHttp exchange = RawHttp.connect(node())) {
      exchange.request(
          "POST",
          Rest.messages(topic),
          "Authorization: " + Token.of("alice").bearer(),
          "Content-Length: 2000000000",
          "Connection: close");

      assertThat(exchange.head().status()).isEqualTo(413);
    }
  }

  @Test
  void chunkedBodyIsPublishedWhole() throws IOException {
    try (RawHttp exchange = RawHttp.connect(node())) {
      exchange
          .request(
              "POST",
              Rest.messages(topic),
              "Authorization: " + Token.of("alice").bearer(),
              "Transfer-Encoding: chunked")
          .send("3\r\nabc\r\n")
          .send("3\r\ndef\r\n0\r\n\r\n");

      assertThat(exchange.head().status()).isEqualTo(201);
    }
    assertThat(bodies(Rest.json(alice.get(Rest.history(topic))))).containsExactly("abcdef");
  }

  /** What follows a request that does not say where it ends might be somebody else's. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "Transfer-Encoding: xchunked",
        "Transfer-Encoding: gzip",
        "Content-Length: +69",
        "Content-Length: abc"
      })
  void noRequestIsReadOutOfAnothersBody(String length) throws IOException {
    try (RawHttp exchange = RawHttp.connect(node())) {
      exchange
          .request(
              "POST", Rest.messages(topic), "Authorization: " + Token.of("alice").bearer(), length)
          .send("GET /health/live HTTP/1.1\r\nHost: inner\r\nConnection: close\r\n\r\n");

      exchange.body(exchange.head()).readAllBytes();
      assertThat(exchange.isEnded()).isTrue();
    }
  }

  @Test
  void cookieCarriesATokenButDoesNotPublishWithoutAnOrigin() {
    Rest anonymous = new Rest(node(), "");
    String cookie = "pharos_token=" + Token.of("alice").sign();

    assertThat(anonymous.get(Rest.history(topic), "Cookie", cookie).statusCode()).isEqualTo(200);
    assertThat(problem(anonymous.post(Rest.messages(topic), "x", "Cookie", cookie), 403))
        .contains("Origin");
  }

  @Test
  void preflightAllowsTheHeadersOfAMessage() throws IOException {
    try (RawHttp exchange = RawHttp.connect(node())) {
      exchange.request(
          "OPTIONS",
          Rest.messages(topic),
          "Origin: " + Node.property("test.allowed.origin"),
          "Access-Control-Request-Method: POST",
          "Access-Control-Request-Headers: authorization,pharos-header-pharos-key,x-other");
      HttpHead head = exchange.head();

      assertThat(head.status()).isEqualTo(204);
      assertThat(head.header("access-control-allow-headers").orElse(""))
          .contains("Authorization", "pharos-header-pharos-key")
          .doesNotContain("x-other");
      assertThat(String.join(", ", head.headers().getOrDefault("vary", List.of())))
          .contains("Origin", "Access-Control-Request-Headers");
    }
  }

  @Test
  void healthMetricsAndApiDescriptionAreOpen() {
    Rest anonymous = new Rest(node(), "");
    alice.publish(topic, "counted");

    assertThat(anonymous.get("/health/ready").body()).contains("\"UP\"", "broker");
    assertThat(anonymous.get("/health/live").body()).contains("\"UP\"", "sessions");
    assertThat(anonymous.get("/metrics?scope=application").body())
        .contains("pharos_published_total", "pharos_publications_refused_total");
    String openapi = anonymous.get("/openapi").body();
    assertThat(openapi)
        .contains("/api/messages", "/api/messages/batch", "/api/history", "/api/stream")
        .contains("/api/notifications/stream", "bearer");
  }

  @Test
  void apiDescriptionSaysWhatCallsTakeAndAnswer() {
    Json paths = Rest.json(new Rest(node(), "").get("/openapi?format=JSON")).object("paths");
    Json drain = paths.object("/api/drain").object("post");
    Json history = paths.object("/api/history").object("get");

    assertThat(drain.object("responses").names()).contains("202").doesNotContain("200");
    assertThat(parameter(drain, "seconds").object("schema").text("type")).isEqualTo("integer");
    assertThat(parameter(history, "limit").object("schema").text("type")).isEqualTo("integer");
    assertThat(parameter(history, "destination").flag("required")).isTrue();
    for (String call : List.of("/api/stream", "/api/presence")) {
      Json get = paths.object(call).object("get");
      assertThat(parameter(get, "destination").flag("required")).as(call).isTrue();
    }
    Json publish = paths.object("/api/messages").object("post");
    assertThat(parameter(publish, "destination").flag("required")).isTrue();
    assertThat(publish.text("description")).contains("Pharos-Header-NAME");
    Json endUser = paths.object("/api/connections").object("delete");
    assertThat(parameter(endUser, "user").flag("required")).isTrue();
    for (String call : List.of("/api/stream", "/api/notifications/stream")) {
      Json get = paths.object(call).object("get");
      assertThat(parameter(get, "Last-Event-ID").text("in")).as(call).isEqualTo("header");
      assertThat(parameter(get, "lastEventId").text("in")).as(call).isEqualTo("query");
    }
  }

  private static Json parameter(Json call, String name) {
    return call.objects("parameters").stream()
        .filter(parameter -> parameter.text("name").equals(name))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void noAnswerTellsWhatServerItIs() {
    List<HttpResponse<String>> answers =
        List.of(
            alice.post(Rest.messages(topic), "x"),
            alice.get("/api/nowhere"),
            alice.get("/nowhere"),
            alice.get("/"),
            alice.method("TRACE", Rest.messages(topic)),
            alice.method("HEAD", Rest.history(topic)),
            alice.post(Rest.messages("/topic/a*"), "x"),
            new Rest(node(), "").get(Rest.history(topic)),
            new Rest(node(), "").get("/health"));

    for (HttpResponse<String> answer : answers) {
      assertThat(answer.headers().map().keySet())
          .as("%s", answer.uri())
          .doesNotContain("server", "Server", "x-powered-by", "X-Powered-By", "$WSEP");
      assertThat(answer.body())
          .as("%s", answer.uri())
          .doesNotContain("Exception", "\tat ", "Liberty", "WebSphere", "RESTEASY", "SRVE");
    }
  }

  @Test
  void headHasTheHeadersAndNoBody() {
    HttpResponse<String> answer = alice.method("HEAD", Rest.history(topic));

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/json");
    assertThat(answer.body()).isEmpty();
  }

  private static List<Json> messages(Json history) {
    return history.objects("messages");
  }

  private static List<String> bodies(Json history) {
    return history.texts("messages", "body");
  }

  /** The detail of a problem document, after a look at the rest of it. */
  private static String problem(HttpResponse<String> answer, int status) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    assertThat(answer.headers().firstValue("Cache-Control")).hasValue("no-store");
    Json problem = Rest.json(answer);
    assertThat(problem.names()).contains("type", "title");
    assertThat(problem.number("status")).isEqualTo(status);
    String detail = problem.text("detail");
    assertThat(detail).doesNotContain("Exception", "io.pharos");
    return detail;
  }
}
