package io.pharos.sockjs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each way to receive and to send, as bytes. */
class TransportsTest {
  private static final String NOT_CACHED =
      "no-store, no-cache, no-transform, must-revalidate, max-age=0";

  private final Base base = new Base();

  @Test
  @Tag("sockjs-18")
  @Tag("sockjs-25")
  void xhrPolls() {
    Answer head = base.head(FakeRequest.post("/0/s/xhr"));
    assertThat(head.status()).isEqualTo(200);
    assertThat(head.headers())
        .containsEntry("Content-Type", "application/javascript; charset=UTF-8")
        .containsEntry("Cache-Control", NOT_CACHED)
        .containsEntry("Access-Control-Allow-Origin", "*")
        .doesNotContainKeys("Expires", "Last-Modified", "Set-Cookie", "Connection");
    FakeExchange poll = base.poll("s");
    assertThat(poll.pieces).containsExactly("o\n");
    assertThat(poll.ended()).isTrue();
  }

  @Test
  @Tag("sockjs-18")
  void xhrSendTakesAnArray() {
    base.poll("s");
    Answer answer = base.send("s", "[\"x\"]");
    assertThat(answer.status()).isEqualTo(204);
    assertThat(answer.headers())
        .containsEntry("Content-Type", "text/plain; charset=UTF-8")
        .containsEntry("Cache-Control", NOT_CACHED);
    assertThat(answer.body()).isEmpty();
    assertThat(base.send("s", "[]").status()).isEqualTo(204);
    assertThat(base.send("nobody", "[\"x\"]").status()).isEqualTo(404);
    assertThat(base.service.received).containsExactly("x");
  }

  @Tag("sockjs-18")
  @ParameterizedTest
  @ValueSource(
      strings = {"[\"x", "x", "{}", "[1]", "[\"a\"]]", "[\"a\",]", "\"a\"", "[\"\u0001\"]"})
  void xhrSendRefusesWhatIsNoArrayOfStrings(String body) {
    base.poll("s");
    Answer answer = base.send("s", body);
    assertThat(answer.status()).isEqualTo(500);
    assertThat(answer.body()).isEqualTo("Broken JSON encoding.");
    assertThat(base.send("s", "[\"still works\"]").status()).isEqualTo(204);
  }

  @Test
  @Tag("sockjs-18")
  void xhrSendNeedsABodyOfBoundedLength() {
    base.poll("s");
    assertThat(base.send("s", ""))
        .extracting(Answer::status, Answer::body)
        .containsExactly(500, "Payload expected.");
    assertThat(base.send("s", "[\"" + "x".repeat(100_000) + "\"]").status()).isEqualTo(413);
  }

  @Tag("sockjs-18")
  @ParameterizedTest
  @ValueSource(strings = {"text/plain", "T", "application/json", "application/xml", ""})
  void xhrSendTakesAnyContentType(String type) {
    base.poll("s");
    var send = FakeRequest.post("/0/s/xhr_send").body("[\"a\"]");
    assertThat(base.answer(send.with("Content-Type", type)).status()).isEqualTo(204);
  }

  @Test
  @Tag("sockjs-19")
  void xhrStreamingHasAPrelude() {
    assertThat(base.head(FakeRequest.post("/0/s/xhr_streaming")).headers())
        .containsEntry("Content-Type", "application/javascript; charset=UTF-8")
        .containsEntry("Cache-Control", NOT_CACHED);
    FakeExchange stream = base.stream("s");
    base.send("s", "[\"x\"]");
    assertThat(stream.pieces).containsExactly("h".repeat(2048) + "\n", "o\n", "a[\"x\"]\n");
  }

  @Test
  @Tag("sockjs-20")
  void eventSourceSendsEvents() {
    var request = FakeRequest.get("/0/s/eventsource");
    assertThat(base.head(request).headers())
        .containsEntry("Content-Type", "text/event-stream")
        .containsEntry("Cache-Control", NOT_CACHED);
    FakeExchange stream = base.receive(request);
    base.send("s", "[\"  \\u0000\\n\\r \"]");
    assertThat(stream.pieces)
        .containsExactly("\r\n", "data: o\r\n\r\n", "data: a[\"  \\u0000\\n\\r \"]\r\n\r\n");
    base.send("s", "[\"" + "x".repeat(4096) + "\"]");
    assertThat(stream.ended()).isTrue();
  }

  @Test
  @Tag("sockjs-21")
  void htmlFileSendsScripts() {
    var request = FakeRequest.get("/0/s/htmlfile?c=%63allback");
    assertThat(base.head(request).headers())
        .containsEntry("Content-Type", "text/html; charset=UTF-8")
        .containsEntry("Cache-Control", NOT_CACHED);
    FakeExchange stream = base.receive(request);
    assertThat(stream.pieces.getFirst()).hasSizeGreaterThan(1024);
    assertThat(stream.pieces.getFirst().strip())
        .isEqualTo(
            """
            <!doctype html>
            <html><head>
              <meta http-equiv="X-UA-Compatible" content="IE=edge" />
              <meta http-equiv="Content-Type" content="text/html; charset=UTF-8" />
            </head><body><h2>Don't panic!</h2>
              <script>
                document.domain = document.domain;
                var c = parent.callback;
                c.start();
                function p(d) {c.message(d);};
                window.onload = function() {c.stop();};
              </script>\
            """);
    base.send("s", "[\"x\"]");
    assertThat(stream.pieces.subList(1, 3))
        .containsExactly(
            "<script>\np(\"o\");\n</script>\r\n", "<script>\np(\"a[\\\"x\\\"]\");\n</script>\r\n");
    base.send("s", "[\"</script><script>alert(1)\"]");
    assertThat(stream.pieces.getLast())
        .isEqualTo(
            "<script>\np(\"a[\\\"\\u003c/script>\\u003cscript>alert(1)\\\"]\");\n</script>\r\n");
    base.send("s", "[\"" + "x".repeat(4096) + "\"]");
    assertThat(stream.ended()).isTrue();
  }

  @Tag("sockjs-21")
  @Tag("sockjs-22")
  @ParameterizedTest
  @ValueSource(strings = {"htmlfile", "jsonp"})
  void aCallbackIsANameAndNothingElse(String transport) {
    assertThat(base.answer(FakeRequest.get("/0/s/" + transport)))
        .extracting(Answer::status, Answer::body)
        .containsExactly(500, "\"callback\" parameter required");
    for (String callback : List.of("a(b", "%3Cscript%3E", "a%20b", "%C3%A4", "%0A")) {
      assertThat(base.answer(FakeRequest.get("/0/s/" + transport + "?c=" + callback)))
          .extracting(Answer::status, Answer::body)
          .containsExactly(500, "invalid \"callback\" parameter");
    }
    assertThat(base.server.sessions()).isZero();
  }

  @Test
  @Tag("sockjs-22")
  void jsonpCallsBack() {
    var request = FakeRequest.get("/0/s/jsonp?c=%63allback");
    assertThat(base.head(request).headers())
        .containsEntry("Content-Type", "application/javascript; charset=UTF-8")
        .containsEntry("X-Content-Type-Options", "nosniff")
        .containsEntry("Cache-Control", NOT_CACHED);
    assertThat(base.receive(request).body()).isEqualTo("/**/callback(\"o\");\r\n");
    var form =
        FakeRequest.post("/0/s/jsonp_send")
            .with("Content-Type", "application/x-www-form-urlencoded");
    Answer sent = base.answer(form.body("d=%5B%22x%22%5D"));
    assertThat(sent).extracting(Answer::status, Answer::body).containsExactly(200, "ok");
    assertThat(sent.headers())
        .containsEntry("Content-Type", "text/plain; charset=UTF-8")
        .containsEntry("Cache-Control", NOT_CACHED);
    var plain = FakeRequest.post("/0/s/jsonp_send").with("Content-Type", "text/plain");
    assertThat(base.answer(plain.body("[\"%61bc\"]")).body()).isEqualTo("ok");
    assertThat(base.receive(request).body())
        .isEqualTo("/**/callback(\"a[\\\"x\\\",\\\"%61bc\\\"]\");\r\n");
    for (String nothing : List.of("", "d=", "p=p")) {
      assertThat(base.answer(form.body(nothing)).body()).isEqualTo("Payload expected.");
    }
    assertThat(base.answer(form.body("d=%5B%22x")))
        .extracting(Answer::status, Answer::body)
        .containsExactly(500, "Broken JSON encoding.");
  }

  @Tag("sockjs-22")
  @ParameterizedTest
  @ValueSource(
      strings = {
        "Application/X-WWW-Form-urlencoded",
        "application/x-www-form-urlencoded; charset=UTF-8",
        "application/x-www-form-urlencoded ;charset=UTF-8"
      })
  void aFormIsOneHoweverItsTypeIsSpelt(String type) {
    base.poll("s");
    var form = FakeRequest.post("/0/s/jsonp_send").with("Content-Type", type);
    assertThat(base.answer(form.body("d=%5B%22x%22%5D")).status()).isEqualTo(200);
    assertThat(base.service.received).containsExactly("x");
  }

  @Tag("sockjs-23")
  @ParameterizedTest
  @ValueSource(strings = {"xhr", "xhr_send", "xhr_streaming"})
  void preflightsAreKeptForAYear(String transport) {
    var request = FakeRequest.options("/0/s/" + transport);
    assertThat(base.answer(request).status()).isEqualTo(204);
    assertThat(base.answer(request).headers())
        .containsAllEntriesOf(
            Map.of(
                "Access-Control-Allow-Methods", "OPTIONS, POST",
                "Access-Control-Max-Age", "31536000",
                "Cache-Control", "public, max-age=31536000"))
        .containsKey("Expires")
        .doesNotContainKey("Access-Control-Allow-Headers");
    assertThat(base.answer(request.with("Access-Control-Request-Headers", "a, b, c")).headers())
        .containsEntry("Access-Control-Allow-Headers", "a, b, c");
    assertThat(base.answer(request.with("Access-Control-Request-Headers", "")).headers())
        .doesNotContainKey("Access-Control-Allow-Headers");
  }

  @Test
  @Tag("sockjs-23")
  void onlyNamesOfHeadersAreSaidAgainAndNotTooManyOfThem() {
    var request = FakeRequest.options("/0/s/xhr");
    String most = "x-" + "a".repeat(1022);
    assertThat(base.answer(request.with("Access-Control-Request-Headers", most)).headers())
        .containsEntry("Access-Control-Allow-Headers", most);
    for (String asked : List.of(most + "a", "a, <b>", "a: b", "a\u00e4", "a\u0001", " \t")) {
      assertThat(base.answer(request.with("Access-Control-Request-Headers", asked)).headers())
          .as(asked)
          .doesNotContainKey("Access-Control-Allow-Headers");
    }
  }

  @Test
  @Tag("sockjs-26")
  void theCookieIsSetWhereItIsNeededAndNowhereElse() {
    var sticky =
        new Base(
            new SockJsSettings(
                true,
                true,
                true,
                "/sockjs.js",
                Base.OPEN.heartbeat(),
                Base.OPEN.disconnectDelay(),
                Base.OPEN.writeTimeout(),
                4096,
                1000));
    for (String transport : List.of("xhr", "xhr_streaming")) {
      assertThat(sticky.head(FakeRequest.post("/0/s/" + transport)).headers())
          .containsEntry("Set-Cookie", "JSESSIONID=dummy; path=/");
    }
    for (String transport : List.of("eventsource", "htmlfile?c=x", "jsonp?c=x")) {
      var request = FakeRequest.get("/0/s/" + transport);
      assertThat(sticky.head(request.with("Cookie", "a=b; JSESSIONID=abcdef")).headers())
          .containsEntry("Set-Cookie", "JSESSIONID=abcdef; path=/");
    }
    sticky.poll("s");
    assertThat(sticky.send("s", "[]").headers())
        .containsEntry("Set-Cookie", "JSESSIONID=dummy; path=/");
    assertThat(sticky.answer(FakeRequest.post("/0/s/jsonp_send").body("[]")).headers())
        .containsEntry("Set-Cookie", "JSESSIONID=dummy; path=/");
    for (String page : List.of("", "/info", "/iframe.html")) {
      assertThat(sticky.answer(FakeRequest.get(page)).headers()).doesNotContainKey("Set-Cookie");
    }
    assertThat(sticky.answer(FakeRequest.get("/info")).body()).contains("\"cookie_needed\":true");
  }
}
