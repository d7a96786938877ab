package io.pharos.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import io.pharos.cli.sockjs.StubSockJs;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntUnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The whole benchmark over SockJS against a server in this process. */
class SockJsBenchmarkTest {
  private final Map<String, List<StubSockJs.Session>> subscribers = new TreeMap<>();
  private final StubSockJs server =
      new StubSockJs(1000, this::received).with("/api/messages", this::publish);
  private IntUnaryOperator copies = number -> 1;
  private int published;

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void isExactAlthoughItsStreamsEndAgainAndAgain() throws Exception {
    Outcome outcome = benchmark().run();

    assertThat(outcome.isExact()).isTrue();
    assertThat(outcome.deliveries().received()).isEqualTo(20 / 2 * 6);
    assertThat(outcome.fleet().lostReaders()).isEmpty();
    assertThat(outcome.fleet().resumes()).isZero();
    assertThat(Collections.frequency(server.requests(), "xhr_streaming")).isGreaterThan(6 * 2);
    assertThat(Collections.frequency(server.requests(), "xhr_send")).isEqualTo(6 * 2);
  }

  @Test
  void countsWhatTheServerSentTwiceOrNever() throws Exception {
    copies = number -> number == 30 ? 2 : number == 31 ? 0 : 1;

    Outcome outcome = benchmark().run();

    assertThat(outcome.deliveries().duplicated()).isEqualTo(3);
    assertThat(outcome.deliveries().lost()).isEqualTo(3);
  }

  @Test
  void saysWhyNobodyCouldSubscribe() {
    server.refusing(Map.of("xhr_streaming", 401));

    assertThatThrownBy(() -> benchmark().run())
        .isInstanceOfSatisfying(
            BenchException.class,
            e -> assertThat(e.kind()).isEqualTo(BenchException.Kind.NOT_AUTHORISED));
  }

  private synchronized void received(StubSockJs.Session session, String message) {
    if (message.startsWith("CONNECT\n")) {
      session.send("CONNECTED\nversion:1.2\n\n\0");
    } else if (message.startsWith("SUBSCRIBE\n")) {
      String destination =
          message.lines().filter(l -> l.startsWith("destination:")).findFirst().orElseThrow();
      subscribers.computeIfAbsent(destination.substring(12), d -> new ArrayList<>()).add(session);
      session.send("RECEIPT\nreceipt-id:s\nposition:e-0\n\n\0");
    }
  }

  private synchronized void publish(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.US_ASCII);
    published++;
    String destination = exchange.getRequestURI().getQuery().substring(12);
    for (StubSockJs.Session session : subscribers.getOrDefault(destination, List.of())) {
      for (int i = 0; i < copies.applyAsInt(published); i++) {
        session.send("MESSAGE\nsubscription:0\nposition:e-" + published + "\n\n" + body + "\0");
      }
    }
    exchange.sendResponseHeaders(201, -1);
    exchange.close();
  }

  private Benchmark benchmark() {
    // Six clients of two destinations; 40 messages in pairs, the first 20 of them unmeasured.
    var tenth = Duration.ofMillis(100);
    var load = new Load(6, 2, 64, 200, 2, tenth, tenth, 0, Load.Churn.STAY);
    var access =
        new Access(
            Access.Transport.SOCKJS,
            Access.Publishing.HTTP,
            server.url(),
            "secret",
            null,
            null,
            "/topic/bench/{n}",
            List.of());
    return new Benchmark(load, access, 2, List.of(), note -> {});
  }
}
