package io.pharos.cli.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pharos.cli.api.HttpTransport;
import io.pharos.cli.api.Login;
import io.pharos.cli.api.ServerAddress;
import io.pharos.cli.stream.StreamEvent.Connected;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class SockJsWebSocketTest implements StubSocketServer.Application {
  private static final Duration LONG = Duration.ofSeconds(60);

  private final List<String> received = new CopyOnWriteArrayList<>();
  private final List<String> notes = new ArrayList<>();
  private final StubSocketServer server = new StubSocketServer(this);
  private volatile String first = "o";

  @Override
  public void opened(StubSocketServer.Peer peer) throws IOException {
    if (!first.isEmpty()) {
      peer.send(first);
    }
  }

  @Override
  public void received(StubSocketServer.Peer peer, String text) throws IOException {
    received.add(text);
    if (text.startsWith("[\"CONNECT\\n")) {
      peer.send("h");
      peer.send("a[\"CONNECTED\\nversion:1.2\\nuser-name:ann\\n\\n\\u0000\"]");
    } else if (text.startsWith("[\"SUBSCRIBE\\n")) {
      peer.send("a[\"RECEIPT\\nreceipt-id:subscribed-0\\n\\n\\u0000\"]");
      peer.send("c[3000,\"Go away!\"]");
    }
  }

  @AfterEach
  void stop() throws IOException {
    server.close();
  }

  @Test
  void eachMessageIsAFrame() throws Exception {
    try (StreamConnection connection = connector(LONG).connect(new Bookmark(), LONG)) {
      assertThat(connection.read(LONG)).containsExactly(new Connected("ann", List.of()));
      assertThatThrownBy(() -> connection.read(LONG))
          .isInstanceOf(LinkClosedException.class)
          .hasMessageContaining("code 3000: Go away!");
    }
    assertThat(received.get(0)).contains("Authorization:Bearer tok").endsWith("\\n\\n\\u0000\"]");
    assertThat(server.heads().get(0)).startsWith("GET /ws/info HTTP/1.1\r\n");
    assertThat(server.heads().get(1))
        .containsPattern("^GET /ws/[0-9]{3}/[a-z0-9]+/websocket HTTP/1.1\r\n")
        .contains("Authorization: Bearer tok")
        .doesNotContain("Sec-WebSocket-Protocol");
    assertThat(notes).containsExactly("SockJS by websocket");
  }

  @Test
  void aWebSocketWithoutASessionIsNotTaken() {
    first = "";

    assertThatThrownBy(() -> connector(Duration.ofSeconds(2)).connect(new Bookmark(), LONG))
        .isInstanceOf(IOException.class);
    assertThat(server.heads()).anyMatch(head -> head.contains("/xhr_streaming "));
  }

  private StompConnector connector(Duration trial) {
    var address = ServerAddress.parse(server.url());
    return new StompConnector(
        new Login(address, () -> "tok"),
        new SockJsOpener(address, new HttpTransport(), notes::add, trial),
        List.of("/topic/a"));
  }
}
