package io.pharos.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Clients that a node has no room for, and how they are told. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AdmissionIT {
  private static final String PROXY = "X-Forwarded-For: ";

  private final String topic = "/topic/full/" + UUID.randomUUID();
  private JarNode node;
  private Metrics metrics;

  @BeforeAll
  void start(@TempDir Path folder) throws IOException {
    node =
        JarNode.start(
            folder,
            "small",
            Map.of(
                "PHAROS_CONNECTIONS_PER_ADDRESS", "2",
                "PHAROS_CONNECTIONS_PER_USER", "1",
                "PHAROS_HEARTBEAT", "1s",
                "PHAROS_TRUSTED_PROXIES", "127.0.0.0/8, ::1"));
    metrics = new Metrics(node.uri());
  }

  @AfterAll
  void stop() {
    node.close();
  }

  private EventStream stream(String user, String address) throws IOException {
    return stream(node, user, address);
  }

  private EventStream stream(JarNode node, String user, String address) throws IOException {
    return EventStream.raw(
        node.uri(),
        EventStream.of(topic),
        "Authorization: " + Token.of(user).bearer(),
        PROXY + address);
  }

  private boolean isLetIn(JarNode node, String user, String address) {
    try (EventStream stream = stream(node, user, address)) {
      Event first = stream.nextOrEnd();
      return first != null && first.type().equals("connected");
    } catch (IOException e) {
      throw new AssertionError("no answer", e);
    }
  }

  private void assertSentAway(EventStream stream, String why) throws IOException {
    assertThat(stream.head().status()).isEqualTo(200);
    assertThat(stream.head().header("content-type").orElse("")).startsWith("text/event-stream");
    assertThat(stream.awaitEnd(Await.PATIENCE)).isTrue();
    assertThat(stream.text()).containsPattern("^retry: [0-9]{5}\n").contains(": " + why);
  }

  @Test
  void aStreamThatThereIsNoRoomForEndsAndComesBackLater() throws Exception {
    try (var first = stream("a", "192.0.2.1");
        var second = stream("b", "192.0.2.1")) {
      first.connected();
      second.connected();
      try (var third = stream("c", "192.0.2.1")) {
        assertSentAway(third, "There are as many connections from this address");
      }
      try (var again = stream("a", "192.0.2.2")) {
        assertSentAway(again, "The user has as many connections");
      }
      assertThat(metrics.refused("ADDRESS_FULL")).isPositive();
      assertThat(metrics.refused("USER_FULL")).isPositive();
    }
    Await.until("both to be gone", () -> metrics.open() == 0);
    // A place is given up right after its session is gone.
    Await.until("there to be room", () -> isLetIn(node, "c", "192.0.2.1"));
    Await.until("it to be gone", () -> metrics.open() == 0);
  }

  @Test
  void aPlaceIsFreeLongBeforeTheNextHeartBeatOfAClientThatWentWithoutAWord(@TempDir Path folder)
      throws Exception {
    Map<String, String> settings = Map.of("PHAROS_CONNECTIONS_MAX", "2", "PHAROS_HEARTBEAT", "10m");
    try (JarNode full = JarNode.start(folder, "full", settings)) {
      try (var first = stream(full, "h", "192.0.2.6");
          var second = stream(full, "i", "192.0.2.6")) {
        first.connected();
        second.connected();
      }
      try (var third = stream(full, "j", "192.0.2.6")) {
        assertSentAway(third, "The server has as many connections");
      }
      Await.until("a place to be free", () -> isLetIn(full, "j", "192.0.2.6"));
    }
  }

  @Test
  void aHandshakeThatThereIsNoRoomForIsAnsweredWithAStatus() throws Exception {
    try (var first = stream("d", "192.0.2.3");
        var second = stream("e", "192.0.2.3")) {
      first.connected();
      second.connected();
      try (RawHttp socket = handshake("f", "192.0.2.3")) {
        HttpHead head = socket.head();
        assertThat(head.status()).isEqualTo(503);
        assertThat(head.header("retry-after"))
            .hasValueSatisfying(s -> assertThat(s).matches("\\d+"));
      }
      try (RawHttp socket = handshake("f", "192.0.2.4")) {
        assertThat(socket.head().status()).isEqualTo(101);
      }
    }
    Await.until("all to be gone", () -> metrics.open() == 0);
  }

  @Test
  void aUserWithTooManyWebSocketsIsTold() throws Exception {
    try (var stream = stream("g", "192.0.2.5");
        var socket = StompClient.open(node.uri(), StompVersion.V1_2, Map.of())) {
      stream.connected();
      socket.send(socket.connectFrame().with("Authorization", Token.of("g").bearer()));
      assertThat(socket.expect("ERROR").header("pharos-error")).isEqualTo("BUSY");
      assertThat(socket.closeCode()).isEqualTo(1013);
    }
    Await.until("all to be gone", () -> metrics.open() == 0);
  }

  private RawHttp handshake(String user, String address) throws IOException {
    return RawHttp.connect(node.uri())
        .upgrade("Authorization: " + Token.of(user).bearer(), PROXY + address);
  }
}
