package io.pharos.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients that nobody wrote for Pharos, unmodified, under Node. */
class StockClientsIT extends NodeTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int SHARE = 100;
  private static final int CUTS = 4;

  private static NodeJs nodeJs;

  private final String topic = "/topic/stock/" + UUID.randomUUID();
  private final Rest alice = Rest.of(node(), Token.of("alice"));

  @BeforeAll
  static void install() throws IOException {
    nodeJs = NodeJs.install();
  }

  private Program run(String script, CutProxy proxy, String subprotocols) throws IOException {
    return nodeJs.run(
        script,
        Map.of(
            "PHAROS_URL",
            proxy.uri().toString(),
            "PHAROS_TOKEN",
            Token.of("alice").sign(),
            "PHAROS_DESTINATION",
            topic,
            "PHAROS_SUBPROTOCOL",
            subprotocols));
  }

  @Test
  void eventSourceReceivesAndResumesByItself() throws IOException {
    try (var proxy = new CutProxy(node());
        Program client = run("event-source.mjs", proxy, "")) {
      awaitType(client, "connected");

      receivesAllWhileItsConnectionIsCut(client, proxy);
      Await.until("the client to have said so", PATIENCE, () -> !client.err().isEmpty());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"v12.stomp,v11.stomp,v10.stomp", "v11.stomp", "v10.stomp"})
  void stompClientReceivesAndResumesWhereItLeftOff(String subprotocols) throws IOException {
    try (var proxy = new CutProxy(node());
        Program client = run("stomp.mjs", proxy, subprotocols)) {
      awaitType(client, "subscribed");

      receivesAllWhileItsConnectionIsCut(client, proxy);
    }
  }

  @Test
  void stompClientSendsAndSaysGoodbye() throws IOException {
    try (var proxy = new CutProxy(node());
        Program client = run("stomp.mjs", proxy, "v12.stomp")) {
      awaitType(client, "subscribed");
      try (OutputStream in = client.in()) {
        in.write("grüße: \\ 🎈\n".getBytes(StandardCharsets.UTF_8));
        in.flush();
        awaitType(client, "greeting");
      }
      awaitType(client, "deactivated");

      assertThat(bodies(client, "greeting")).containsExactly("grüße: \\ 🎈");
      assertThat(client.exit()).isZero();
      assertThat(client.err()).doesNotContain("ERROR").contains("closed 1000");
    }
  }

  /** Numbers are published before and while the connection is away, and after it is back. */
  private void receivesAllWhileItsConnectionIsCut(Program client, CutProxy proxy) {
    List<String> all = IntStream.range(0, SHARE * CUTS).mapToObj(Integer::toString).toList();
    for (int cut = 0; cut < CUTS; cut++) {
      List<String> share = all.subList(cut * SHARE, (cut + 1) * SHARE);
      int connections = proxy.accepted();
      alice.publishAll(topic, share.subList(0, SHARE / 2));
      if (cut > 0) {
        awaitBody(client, share.get(SHARE / 4));
      } else {
        awaitBody(client, share.getFirst());
      }
      proxy.cut();
      alice.publishAll(topic, share.subList(SHARE / 2, SHARE));
      Await.until("the client to come back", PATIENCE, () -> proxy.accepted() > connections);
    }
    awaitBody(client, all.getLast());

    assertThat(bodies(client, "message")).isEqualTo(all);
    assertThat(bodies(client, "gap")).isEmpty();
    assertThat(proxy.accepted()).isEqualTo(CUTS + 1);
  }

  private static void awaitType(Program client, String type) {
    await(client, "\"type\":\"" + type + "\"");
  }

  private static void awaitBody(Program client, String body) {
    await(client, "\"body\":\"" + body + "\"");
  }

  private static void await(Program client, String part) {
    Await.until(
        () -> part + " in " + client.out() + client.err(),
        PATIENCE,
        () -> client.out().contains(part));
  }

  private static List<String> bodies(Program client, String type) {
    return Json.parseLines(String.join("\n", client.lines())).stream()
        .filter(event -> event.text("type").equals(type))
        .map(event -> event.text("body"))
        .toList();
  }
}
