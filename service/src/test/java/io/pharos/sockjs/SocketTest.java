package io.pharos.sockjs;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** SockJS' frames over a WebSocket. */
class SocketTest {
  private final Base base = new Base();
  private final FakeExchange socket = new FakeExchange();

  @Test
  @Tag("sockjs-17")
  void framesAreMessages() {
    SockJsSocket session = base.server.open(socket, "somebody");
    session.receive("[\"a\"]");
    session.receive("");
    session.receive("\"\"");
    session.receive("[]");
    session.receive("\"b\"");
    assertThat(socket.pieces).containsExactly("o", "a[\"a\"]", "a[\"b\"]");
  }

  @Test
  @Tag("sockjs-17")
  void brokenJsonClosesItAtOnce() {
    base.server.open(socket, "somebody").receive("[\"a");
    assertThat(socket.pieces).containsExactly("o");
    assertThat(socket.aborted()).isTrue();
    assertThat(base.service.closed).isEqualTo(1);
  }

  @Test
  @Tag("sockjs-17")
  void aSessionThatClosesClosesItsSocket() {
    base.service.closesAtOnce = new CloseStatus(3000, "Go away!");
    base.server.open(socket, "somebody");
    assertThat(socket.pieces).containsExactly("o", "c[3000,\"Go away!\"]");
    assertThat(socket.ended()).isTrue();
    base.pass(Duration.ofSeconds(6));
    assertThat(base.server.sessions()).isZero();
  }

  @Test
  @Tag("sockjs-17")
  void everySocketIsASessionOfItsOwn() {
    var other = new FakeExchange();
    SockJsSocket first = base.server.open(socket, "somebody");
    SockJsSocket second = base.server.open(other, "somebody");
    first.receive("[\"1\"]");
    second.receive("[\"2\"]");
    assertThat(socket.pieces).containsExactly("o", "a[\"1\"]");
    assertThat(other.pieces).containsExactly("o", "a[\"2\"]");
    first.closed();
    first.closed();
    assertThat(base.service.closed).isEqualTo(1);
    base.pass(Duration.ofSeconds(25));
    assertThat(other.pieces).endsWith("h");
    assertThat(base.server.sessions()).isEqualTo(1);
  }

  @Test
  @Tag("sockjs-17")
  void withoutAnUpgradeItIsRefused() {
    var request = FakeRequest.get("/0/0/websocket");
    assertThat(base.answer(request))
        .extracting(Answer::status, Answer::body)
        .containsExactly(400, "Can \"Upgrade\" only to \"WebSocket\".");
    assertThat(base.answer(request.with("Upgrade", "WebSocket")).status()).isEqualTo(400);
    Answer post = base.answer(FakeRequest.post("/0/0/websocket"));
    assertThat(post.status()).isEqualTo(405);
    assertThat(post.headers()).containsEntry("Allow", "GET").doesNotContainKey("Content-Type");
    assertThat(post.body()).isEmpty();
  }

  @Test
  @Tag("sockjs-17")
  @Tag("sockjs-5")
  void whereItIsOffItIsNotFoundAndInfoSaysSo() {
    var off =
        new Base(
            new SockJsSettings(
                false,
                false,
                true,
                null,
                Base.OPEN.heartbeat(),
                Base.OPEN.disconnectDelay(),
                Base.OPEN.writeTimeout(),
                4096,
                1000));
    assertThat(off.answer(FakeRequest.get("/0/0/websocket")).status()).isEqualTo(404);
    assertThat(off.answer(FakeRequest.get("/info")).body()).contains("\"websocket\":false");
  }
}
