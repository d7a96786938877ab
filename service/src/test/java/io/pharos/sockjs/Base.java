package io.pharos.sockjs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * A base that echoes, under a test's clock; what may block is done at once. Clients are known by a
 * word.
 */
final class Base {
  static final SockJsSettings OPEN =
      new SockJsSettings(
          true,
          false,
          true,
          "/sockjs.js",
          Duration.ofSeconds(25),
          Duration.ofSeconds(5),
          Duration.ofSeconds(10),
          4096,
          100_000);

  final Echo service = new Echo();
  final SockJsServer<String> server;
  private final AtomicLong now = new AtomicLong(1_000_000_000);

  Base() {
    this(OPEN);
  }

  Base(SockJsSettings settings) {
    this(settings, Runnable::run);
  }

  Base(SockJsSettings settings, Executor executor) {
    server =
        new SockJsServer<>(
            settings,
            service,
            executor,
            Clock.fixed(Instant.parse("2026-01-01T00:00:00Z"), ZoneOffset.UTC),
            now::get);
  }

  /** Sends everything back; keeps what became of its sessions. */
  static final class Echo implements SockJsService<String> {
    final List<SockJsConnection> opened = new ArrayList<>();
    final List<String> received = new ArrayList<>();
    int closed;
    int alive;
    @Nullable CloseStatus refusal;
    @Nullable CloseStatus closesAtOnce;
    boolean quiet;

    @Override
    public SockJsHandler open(SockJsConnection connection, String client) {
      opened.add(connection);
      if (closesAtOnce != null) {
        connection.close(closesAtOnce);
      }
      return new SockJsHandler() {
        @Override
        public void message(String text) {
          received.add(text);
          if (!quiet) {
            send(connection, text);
          }
        }

        @Override
        public void alive() {
          alive++;
        }

        @Override
        public void closed() {
          closed++;
        }
      };
    }

    @Override
    public @Nullable CloseStatus refusal(String client) {
      return refusal;
    }

    @Override
    public boolean isSame(String opener, String client) {
      return opener.equals(client);
    }
  }

  static void send(SockJsConnection connection, String text) {
    try {
      connection.send(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Lets time pass, in steps as the timer takes them. */
  void pass(Duration time) {
    for (long left = time.toMillis(); left > 0; left -= 250) {
      now.addAndGet(Duration.ofMillis(Math.min(250, left)).toNanos());
      server.tick();
    }
  }

  Reply reply(Request request, String client) {
    try {
      return server.answer(request, () -> client);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The answer to a request that nobody has to wait for. */
  Answer answer(Request request) {
    return answer(request, "somebody");
  }

  Answer answer(Request request, String client) {
    return switch (reply(request, client)) {
      case Reply.Now now -> now.answer();
      case Reply.Later later -> later.answer().get();
      case Reply.Receive receive -> throw new AssertionError("waits for frames");
    };
  }

  /** The head of a receiver's answer; what is received goes nowhere. */
  Answer head(Request request) {
    assertThat(reply(request, "somebody")).isInstanceOf(Reply.Receive.class);
    return ((Reply.Receive) reply(request, "somebody")).head();
  }

  FakeExchange receive(Request request) {
    return receive(request, "somebody");
  }

  FakeExchange receive(Request request, String client) {
    var exchange = new FakeExchange();
    ((Reply.Receive) reply(request, client)).attach().accept(exchange);
    return exchange;
  }

  FakeExchange poll(String session) {
    return receive(FakeRequest.post("/000/" + session + "/xhr"));
  }

  FakeExchange stream(String session) {
    return receive(FakeRequest.post("/000/" + session + "/xhr_streaming"));
  }

  Answer send(String session, String json) {
    return answer(FakeRequest.post("/000/" + session + "/xhr_send").body(json));
  }
}
