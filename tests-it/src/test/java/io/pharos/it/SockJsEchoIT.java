package io.pharos.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.container.test.api.TargetsContainer;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The SockJS layer by itself, on a real server, as the protocol's own tests use it. */
@ExtendWith(ArquillianExtension.class)
@RunAsClient
class SockJsEchoIT {
  private final String session = "/000/" + UUID.randomUUID();

  @Deployment(name = "alpha", testable = false)
  @TargetsContainer("itAlpha")
  static WebArchive alpha() {
    return SockJsEchoWar.build();
  }

  private static RawHttp request(String method, String target, String body, String... headers)
      throws IOException {
    String[] lines = java.util.Arrays.copyOf(headers, headers.length + 1);
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    lines[headers.length] = "Content-Length: " + bytes.length;
    return RawHttp.connect(Node.ALPHA.uri())
        .request(method, SockJsEchoWar.ROOT + target, lines)
        .send(bytes);
  }

  private static String answer(String method, String target, String body, String... headers)
      throws IOException {
    try (RawHttp http = request(method, target, body, headers)) {
      return new String(http.body(http.head()).readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private void send(String base, String json) throws IOException {
    try (RawHttp http = request("POST", base + session + "/xhr_send", json)) {
      assertThat(http.head().status()).isEqualTo(204);
    }
  }

  @Test
  @Tag("sockjs-9")
  @Tag("sockjs-18")
  void pollsEcho() throws IOException {
    assertThat(answer("POST", "/echo" + session + "/xhr", "")).isEqualTo("o\n");
    send("/echo", "[\"x\",\"grün\\uffff\"]");
    assertThat(answer("POST", "/echo" + session + "/xhr", ""))
        .isEqualTo("a[\"x\",\"grün\\uffff\"]\n");
  }

  @Test
  @Tag("sockjs-19")
  void aStreamEndsAtItsLimitAndNoFrameIsSplit() throws IOException {
    String base = "/amplify";
    try (RawHttp http = request("POST", base + session + "/xhr_streaming", "")) {
      assertThat(http.head().status()).isEqualTo(200);
      assertThat(http.chunk()).isEqualTo("h".repeat(2048) + "\n");
      assertThat(http.chunk()).isEqualTo("o\n");
      send(base, "[\"10\"]");
      assertThat(http.chunk()).isEqualTo("a[\"" + "x".repeat(1024) + "\"]\n");
      send(base, "[\"18\"]");
      assertThat(http.chunk().length()).isEqualTo((1 << 18) + 6);
      assertThat(http.chunk()).isEmpty();
    }
  }

  @Test
  @Tag("sockjs-10")
  @Tag("sockjs-27")
  void aClosedSessionSaysSoAgainAndAgainToOldClientsToo() throws IOException {
    String target = "/close" + session + "/xhr";
    assertThat(answer("POST", target, "")).isEqualTo("o\n");
    for (int i = 0; i < 2; i++) {
      assertThat(answer("POST", target, "")).isEqualTo("c[3000,\"Go away!\"]\n");
    }
    try (RawHttp http =
        RawHttp.connect(Node.ALPHA.uri())
            .send(
                "POST "
                    + SockJsEchoWar.ROOT
                    + "/close/1/"
                    + UUID.randomUUID()
                    + "/xhr_streaming HTTP/1.0\r\nHost: localhost\r\nContent-Length: 0\r\n\r\n")) {
      assertThat(new String(http.body(http.head()).readAllBytes(), StandardCharsets.UTF_8))
          .isEqualTo("h".repeat(2048) + "\no\nc[3000,\"Go away!\"]\n");
    }
  }

  @Test
  @Tag("sockjs-22")
  void jsonpEchoes() throws IOException {
    String target = "/echo" + session + "/jsonp";
    assertThat(answer("GET", target + "?c=%63b", "")).isEqualTo("/**/cb(\"o\");\r\n");
    assertThat(
            answer(
                "POST",
                "/echo" + session + "/jsonp_send",
                "d=%5B%22x%22%5D",
                "Content-Type: application/x-www-form-urlencoded"))
        .isEqualTo("ok");
    assertThat(answer("GET", target + "?c=cb", "")).isEqualTo("/**/cb(\"a[\\\"x\\\"]\");\r\n");
  }

  @Test
  @Tag("sockjs-21")
  void aPageGetsScripts() throws IOException {
    try (RawHttp http = request("GET", "/echo" + session + "/htmlfile?c=cb", "")) {
      assertThat(http.head().header("content-type")).hasValue("text/html; charset=UTF-8");
      assertThat(http.chunk()).hasSizeGreaterThan(1024).contains("parent.cb;");
      assertThat(http.chunk()).isEqualTo("<script>\np(\"o\");\n</script>\r\n");
    }
  }

  @Test
  @Tag("sockjs-3")
  void theIframeIsKept() throws IOException {
    String tag;
    try (RawHttp http = request("GET", "/echo/iframe-1.html?t=1", "")) {
      HttpHead head = http.head();
      assertThat(head.header("content-type")).hasValue("text/html; charset=UTF-8");
      assertThat(head.headers()).doesNotContainKeys("last-modified", "set-cookie");
      tag = head.header("etag").orElseThrow();
    }
    try (RawHttp http = request("GET", "/echo/iframe.html", "", "If-None-Match: " + tag)) {
      HttpHead head = http.head();
      assertThat(head.status()).isEqualTo(304);
      assertThat(head.header("content-type")).isEmpty();
    }
  }

  @Test
  @Tag("sockjs-26")
  void theCookieIsSetOnSessionsAlone() throws IOException {
    try (RawHttp http = request("POST", "/cookie_needed_echo" + session + "/xhr", "")) {
      assertThat(http.head().headers().get("set-cookie"))
          .containsExactly("JSESSIONID=dummy; path=/");
    }
    try (RawHttp http = request("GET", "/cookie_needed_echo/info", "")) {
      assertThat(http.head().headers()).doesNotContainKey("set-cookie");
    }
  }

  @Test
  @Tag("sockjs-17")
  void withoutWebSocketsThereIsNone() throws IOException {
    String base = "/disabled_websocket_echo";
    assertThat(answer("GET", base + "/info", "")).contains("\"websocket\":false");
    try (RawHttp http = request("GET", base + session + "/websocket", "")) {
      assertThat(http.head().status()).isEqualTo(404);
    }
  }

  @Test
  @Tag("sockjs-17")
  void aWebSocketEchoesInFramesAndTwoOfOneNameAreTwo() throws Exception {
    var first = new Texts();
    var second = new Texts();
    WebSocket one = open("/echo" + session + "/websocket", first);
    WebSocket two = open("/echo" + session + "/websocket", second);
    one.sendText("[\"a\"]", true).get(60, TimeUnit.SECONDS);
    two.sendText("\"b\"", true).get(60, TimeUnit.SECONDS);
    assertThat(List.of(first.next(), first.next())).containsExactly("o", "a[\"a\"]");
    assertThat(List.of(second.next(), second.next())).containsExactly("o", "a[\"b\"]");
    one.abort();
    two.abort();
  }

  @Test
  @Tag("sockjs-17")
  void aCloseIsToldInAFrameAndThenTheSocketCloses() throws Exception {
    var texts = new Texts();
    open("/close" + session + "/websocket", texts);
    assertThat(List.of(texts.next(), texts.next(), texts.next()))
        .containsExactly("o", "c[3000,\"Go away!\"]", "closed 1000 ");
  }

  @Test
  @Tag("sockjs-8")
  void theRawWebSocketHasNoFramesAndClosesWithTheReason() throws Exception {
    var texts = new Texts();
    WebSocket echo = open("/echo/websocket", texts);
    echo.sendText("Hello world!\uffff", true).get(60, TimeUnit.SECONDS);
    assertThat(texts.next()).isEqualTo("Hello world!\uffff");
    echo.abort();
    var closed = new Texts();
    open("/close/websocket", closed);
    assertThat(closed.next()).isEqualTo("closed 3000 Go away!");
  }

  private static WebSocket open(String path, Texts texts) throws Exception {
    URI node = Node.ALPHA.uri();
    URI address =
        URI.create("ws://" + node.getHost() + ":" + node.getPort() + SockJsEchoWar.ROOT + path);
    return HttpClient.newHttpClient()
        .newWebSocketBuilder()
        .buildAsync(address, texts)
        .get(60, TimeUnit.SECONDS);
  }

  /** What a WebSocket brings, and its end. */
  private static final class Texts implements WebSocket.Listener {
    private final BlockingQueue<String> queue = new LinkedBlockingQueue<>();
    private final StringBuilder parts = new StringBuilder();

    String next() throws InterruptedException {
      String next = queue.poll(60, TimeUnit.SECONDS);
      if (next == null) {
        throw new AssertionError("nothing came");
      }
      return next;
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
      parts.append(data);
      if (last) {
        queue.add(parts.toString());
        parts.setLength(0);
      }
      socket.request(1);
      return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
      queue.add("closed " + code + " " + reason);
      return null;
    }
  }
}
