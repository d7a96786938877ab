package io.pharos.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.util.JSONArrayUtils;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** SockJS on a real server, byte for byte. */
class SockJsIT extends NodeTest {
  private static final String NOT_CACHED =
      "no-store, no-cache, no-transform, must-revalidate, max-age=0";
  private static final String CONNECT =
      "CONNECT\naccept-version:1.2\nheart-beat:%s\npasscode:%s\n\n\0";

  private final String session = "/ws/000/" + UUID.randomUUID();

  private static String body(RawHttp http, HttpHead head) throws IOException {
    return new String(http.body(head).readAllBytes(), StandardCharsets.UTF_8);
  }

  private static RawHttp connect() throws IOException {
    return RawHttp.connect(node());
  }

  private static RawHttp post(RawHttp http, String target, String body, String... headers)
      throws IOException {
    String[] lines = java.util.Arrays.copyOf(headers, headers.length + 1);
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    lines[headers.length] = "Content-Length: " + bytes.length;
    return http.request("POST", target, lines).send(bytes);
  }

  /** What one poll brings. */
  private String poll() throws IOException {
    try (RawHttp http = connect()) {
      HttpHead head = post(http, session + "/xhr", "").head();
      assertThat(head.status()).isEqualTo(200);
      return body(http, head);
    }
  }

  private int send(String frame, String... headers) throws IOException {
    try (RawHttp http = connect()) {
      String json = JSONArrayUtils.toJSONString(List.of(frame));
      return post(http, session + "/xhr_send", json, headers).head().status();
    }
  }

  @Test
  @Tag("sockjs-1")
  @Tag("sockjs-27")
  void theGreetingComesTwiceOnOneConnection() throws IOException {
    try (RawHttp http = connect()) {
      for (String target : List.of("/ws", "/ws/")) {
        HttpHead head = http.request("GET", target).head();
        assertThat(head.status()).isEqualTo(200);
        assertThat(head.header("content-type")).hasValue("text/plain; charset=UTF-8");
        assertThat(head.header("content-length")).hasValue("19");
        assertThat(head.header("set-cookie")).isEmpty();
        assertThat(body(http, head)).isEqualTo("Welcome to SockJS!\n");
      }
    }
  }

  @Test
  @Tag("sockjs-27")
  void anOldClientGetsNoChunks() throws IOException {
    try (RawHttp http = connect()) {
      HttpHead head = http.send("GET /ws HTTP/1.0\r\nHost: localhost\r\n\r\n").head();
      assertThat(head.header("transfer-encoding")).isEmpty();
      assertThat(head.header("content-length")).hasValue("19");
    }
    try (RawHttp http = connect()) {
      HttpHead head =
          http.send(
                  "POST "
                      + session
                      + "/xhr_streaming HTTP/1.0\r\nHost: localhost\r\nContent-Length: 0\r\n\r\n")
              .head();
      assertThat(head.header("transfer-encoding")).isEmpty();
      assertThat(head.header("content-length")).isEmpty();
      assertThat(new String(http.body(head).readNBytes(2051), StandardCharsets.UTF_8))
          .isEqualTo("h".repeat(2048) + "\no\n");
    }
  }

  @Test
  @Tag("sockjs-2")
  @Tag("sockjs-7")
  void whatIsNoAddressIsNotFoundHoweverTheContainerTidiesIt() throws IOException {
    for (String path :
        List.of(
            "//", "///", "/a", "/a.html", "/a/a", "/a/a/", "/./././xhr", "///xhr", "/a./a/xhr")) {
      try (RawHttp http = connect()) {
        assertThat(http.request("GET", "/ws" + path).head().status()).as(path).isEqualTo(404);
      }
    }
  }

  @Test
  @Tag("sockjs-5")
  @Tag("sockjs-24")
  @Tag("sockjs-25")
  void infoHasExactlyItsHeaders() throws IOException {
    String origin = Node.property("test.allowed.origin");
    try (RawHttp http = connect()) {
      HttpHead head = http.request("GET", "/ws/info", "Origin: " + origin).head();
      assertThat(head.header("content-type")).hasValue("application/json; charset=UTF-8");
      assertThat(head.headers().get("cache-control")).containsExactly(NOT_CACHED);
      assertThat(head.headers()).doesNotContainKeys("expires", "last-modified", "set-cookie");
      assertThat(head.headers().get("access-control-allow-origin")).containsExactly(origin);
      assertThat(head.headers().get("access-control-allow-credentials")).containsExactly("true");
      assertThat(body(http, head)).startsWith("{\"websocket\":true,");
    }
    try (RawHttp http = connect()) {
      HttpHead head = http.request("GET", "/ws/info", "Origin: https://evil.example").head();
      assertThat(head.status()).isEqualTo(403);
    }
  }

  @Test
  @Tag("sockjs-23")
  void aPreflightIsSockJsOwn() throws IOException {
    try (RawHttp http = connect()) {
      HttpHead head =
          http.request(
                  "OPTIONS",
                  session + "/xhr_send",
                  "Origin: " + Node.property("test.allowed.origin"),
                  "Access-Control-Request-Method: POST",
                  "Access-Control-Request-Headers: content-type")
              .head();
      assertThat(head.status()).isEqualTo(204);
      assertThat(head.header("cache-control")).hasValue("public, max-age=31536000");
      assertThat(head.header("access-control-allow-methods")).hasValue("OPTIONS, POST");
      assertThat(head.header("access-control-allow-headers")).hasValue("content-type");
    }
  }

  @Test
  @Tag("sockjs-19")
  void everyFrameIsAChunk() throws IOException {
    try (RawHttp http = connect()) {
      HttpHead head = post(http, session + "/xhr_streaming", "").head();
      assertThat(head.header("content-type")).hasValue("application/javascript; charset=UTF-8");
      assertThat(http.chunk()).isEqualTo("h".repeat(2048) + "\n");
      assertThat(http.chunk()).isEqualTo("o\n");
      assertThat(send("no frame of STOMP\n\n\0")).isEqualTo(204);
      assertThat(http.chunk()).startsWith("a[\"ERROR\\n").endsWith("\\u0000\"]\n");
      assertThat(http.chunk()).startsWith("c[1002,");
      assertThat(http.chunk()).isEmpty();
    }
  }

  @Test
  @Tag("sockjs-20")
  void anEventStreamSaysNoCharset() throws IOException {
    try (RawHttp http = connect()) {
      HttpHead head = http.request("GET", session + "/eventsource").head();
      assertThat(head.header("content-type")).hasValue("text/event-stream");
      assertThat(http.chunk()).isEqualTo("\r\n");
      assertThat(http.chunk()).isEqualTo("data: o\r\n\r\n");
    }
  }

  @Test
  @Tag("sockjs-12")
  @Tag("sockjs-13")
  void aSecondReceiverIsSentAwayUntilTheFirstIsCut() throws Exception {
    assertThat(poll()).isEqualTo("o\n");
    try (RawHttp one = connect();
        RawHttp other = connect()) {
      // Which of two connections the server reads first is its own affair.
      CompletableFuture<String> answer = answerTo(one);
      CompletableFuture<String> otherAnswer = answerTo(other);
      assertThat(CompletableFuture.anyOf(answer, otherAnswer).get(60, TimeUnit.SECONDS).toString())
          .startsWith("c[2010,");
    }
    Await.until(
        "the cut to be noticed", () -> secondPoll().equals("c[1002,\"Connection interrupted\"]\n"));
  }

  /** What a poll on this connection brings; it fails once the connection is closed. */
  private CompletableFuture<String> answerTo(RawHttp http) {
    var answer = new CompletableFuture<String>();
    Thread.ofVirtual()
        .start(
            () -> {
              try {
                answer.complete(body(http, post(http, session + "/xhr", "").head()));
              } catch (IOException e) {
                answer.completeExceptionally(e);
              }
            });
    return answer;
  }

  private String secondPoll() {
    try {
      return poll();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  @Tag("sockjs-18")
  void aBodyNeedsNoLength() throws IOException {
    assertThat(poll()).isEqualTo("o\n");
    try (RawHttp http = connect()) {
      http.request("POST", session + "/xhr_send", "Transfer-Encoding: chunked", "Content-Type:");
      HttpHead head = http.send("2\r\n[]\r\n0\r\n\r\n").head();
      assertThat(head.status()).isEqualTo(204);
      assertThat(head.header("content-type")).hasValue("text/plain; charset=UTF-8");
    }
  }

  @Test
  @Tag("sockjs-17")
  void aWebSocketsAddressNeedsAnUpgrade() throws IOException {
    try (RawHttp http = connect()) {
      HttpHead head = http.request("GET", session + "/websocket").head();
      assertThat(head.status()).isEqualTo(400);
      assertThat(body(http, head)).isEqualTo("Can \"Upgrade\" only to \"WebSocket\".");
    }
    try (RawHttp http = connect()) {
      HttpHead head =
          http.request("GET", session + "/websocket", "Upgrade: WebSocket", "Connection: close")
              .head();
      assertThat(head.status()).isEqualTo(400);
    }
    try (RawHttp http = connect()) {
      HttpHead head = post(http, session + "/websocket", "").head();
      assertThat(head.status()).isEqualTo(405);
      assertThat(head.header("allow")).hasValue("GET");
      assertThat(head.header("content-type")).isEmpty();
    }
  }

  @Test
  @Tag("sockjs-8")
  void theRawWebSocketHasNoFramesOfSockJs() throws Exception {
    var texts = new LinkedBlockingQueue<String>();
    WebSocket socket = webSocket("/ws/websocket", texts);
    socket
        .sendText(CONNECT.formatted("0,0", Token.of("alice").sign()), true)
        .get(60, TimeUnit.SECONDS);
    assertThat(texts.poll(60, TimeUnit.SECONDS)).startsWith("CONNECTED\n");
    socket.abort();
  }

  @Test
  @Tag("sockjs-17")
  void sockJsFramesAreMessagesOfAWebSocket() throws Exception {
    var texts = new LinkedBlockingQueue<String>();
    WebSocket socket = webSocket(session + "/websocket", texts);
    assertThat(texts.poll(60, TimeUnit.SECONDS)).isEqualTo("o");
    String connect = CONNECT.formatted("0,0", Token.of("alice").sign());
    socket.sendText(JSONArrayUtils.toJSONString(List.of(connect)), true).get(60, TimeUnit.SECONDS);
    assertThat(texts.poll(60, TimeUnit.SECONDS)).startsWith("a[\"CONNECTED\\n");
    socket.sendText("[\"broken", true).get(60, TimeUnit.SECONDS);
    assertThat(texts.poll(60, TimeUnit.SECONDS)).isEqualTo("closed");
  }

  private static WebSocket webSocket(String path, BlockingQueue<String> texts) throws Exception {
    URI address = URI.create("ws://" + node().getHost() + ":" + node().getPort() + path);
    return HttpClient.newHttpClient()
        .newWebSocketBuilder()
        .buildAsync(address, new Texts(texts))
        .get(60, TimeUnit.SECONDS);
  }

  private record Texts(BlockingQueue<String> texts) implements WebSocket.Listener {
    @Override
    public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
      texts.add(data.toString());
      socket.request(1);
      return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
      texts.add("closed");
      return null;
    }
  }

  @Test
  void whatATokenOpensNobodyElseCanUse() throws IOException {
    String alice = "Cookie: pharos_token=" + Token.of("alice").sign();
    String origin = "Origin: " + Node.property("test.allowed.origin");
    String bob = "Authorization: " + Token.of("bob").bearer();
    try (RawHttp http = connect()) {
      HttpHead head = post(http, session + "/xhr", "", alice, origin).head();
      assertThat(body(http, head)).isEqualTo("o\n");
    }
    assertThat(send("\n")).isEqualTo(404);
    assertThat(send("\n", bob)).isEqualTo(404);
    assertThat(send("\n", alice)).isEqualTo(403);
    assertThat(send("\n", alice, origin)).isEqualTo(204);
    assertThat(send("\n", "Authorization: Bearer not.a.token")).isEqualTo(401);
  }

  @Test
  @Tag("sockjs-11")
  void aClientThatGoesIsForgottenAfterTheDelay() throws IOException {
    String user = "sockjs-" + UUID.randomUUID();
    assertThat(poll()).isEqualTo("o\n");
    assertThat(send(CONNECT.formatted("0,0", Token.of(user).sign()))).isEqualTo(204);
    assertThat(poll()).startsWith("a[\"CONNECTED\\n");
    Rest admin = Rest.of(node(), Token.ofAdmin());
    assertThat(admin.get("/api/connections?user=" + user).body()).contains("sockjs/xhr");
    Await.until(
        "the session to end",
        () -> !admin.get("/api/connections?user=" + user).body().contains(user));
    assertThat(send("\n")).isEqualTo(404);
  }

  /**
   * The client is silent for longer than its heart-beats allow, which is 21 s, but it reads what is
   * written.
   */
  @Test
  @Tag("stomp-38")
  void aStreamThatIsReadKeepsASessionAliveAndBringsHeartBeats() throws IOException {
    String connect = CONNECT.formatted("10000,10000", Token.of("alice").sign());
    try (RawHttp http = connect()) {
      assertThat(post(http, session + "/xhr_streaming", "").head().status()).isEqualTo(200);
      assertThat(http.chunk()).startsWith("hhh");
      assertThat(http.chunk()).isEqualTo("o\n");
      assertThat(send(connect)).isEqualTo(204);
      assertThat(http.chunk()).startsWith("a[\"CONNECTED\\n");
      long begin = System.nanoTime();
      while (System.nanoTime() - begin < TimeUnit.SECONDS.toNanos(24)) {
        assertThat(http.chunk()).isEqualTo("a[\"\\n\"]\n");
      }
    }
  }
}
