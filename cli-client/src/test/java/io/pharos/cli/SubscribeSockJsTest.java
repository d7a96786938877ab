package io.pharos.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.pharos.cli.Shell.Result;
import io.pharos.cli.sockjs.StubSockJs;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 120, unit = TimeUnit.SECONDS)
class SubscribeSockJsTest {
  @TempDir Path home;

  private final List<String> subscriptions = new CopyOnWriteArrayList<>();
  private final StubSockJs server = new StubSockJs(64 << 10, this::received);

  /** Each subscription gets two messages, and its session is cut off. */
  private void received(StubSockJs.Session session, String message) {
    if (message.startsWith("CONNECT\n")) {
      session.send("CONNECTED\nversion:1.2\nuser-name:ann\n\n\0");
    } else if (message.startsWith("SUBSCRIBE\n")) {
      int begun = subscriptions.size();
      subscriptions.add(message);
      session.send("RECEIPT\nreceipt-id:subscribed-0\nposition:e-" + 2 * begun + "\n\n\0");
      for (int offset = 2 * begun + 1; offset <= 2 * begun + 2; offset++) {
        session.send(
            "MESSAGE\nsubscription:0\ndestination:/topic/a\nposition:e-%d\n\nbody %d\0"
                .formatted(offset, offset));
      }
      session.close(1002, "Connection interrupted");
    }
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void goesOnAfterTheLastPositionWhenASessionIsLost() {
    Result result = run("--since", "e-0", "--count", "4");

    assertThat(result.code()).as(result.err()).isZero();
    assertThat(result.lines()).containsExactly("body 1", "body 2", "body 3", "body 4");
    assertThat(subscriptions.get(0)).contains("\nlast-event-id:e-0\n");
    assertThat(subscriptions.get(1)).contains("\nlast-event-id:e-2\n");
    assertThat(result.err())
        .contains(
            "SockJS by xhr_streaming; the server does not offer WebSocket",
            "connected to " + server.url() + " as ann",
            "the connection was interrupted; connecting again in",
            "connected again");
  }

  @Test
  void aServerWithoutSockJsFailsAndSaysWhatToDo() {
    server.refusing(Map.of("info", 404));

    Result result = run("--count", "1");

    assertThat(result.code()).isEqualTo(1);
    assertThat(result.err())
        .contains(server.url() + " does not offer SockJS", "use --transport sse or stomp");
  }

  @Test
  void aTokenThatIsRefusedIsItsOwnExitCode() {
    server.refusing(Map.of("xhr_streaming", 401, "xhr", 401));

    assertThat(run("--count", "1").code()).isEqualTo(3);
  }

  @Test
  void aServerThatIsNotThereIsItsOwnExitCode() {
    server.close();

    assertThat(run("--count", "1").code()).isEqualTo(4);
  }

  private Result run(String... options) {
    String[] args = new String[options.length + 8];
    String[] fixed = {
      "subscribe", "/topic/a", "--transport", "sockjs", "--server", server.url(), "--token", "tok"
    };
    System.arraycopy(fixed, 0, args, 0, fixed.length);
    System.arraycopy(options, 0, args, fixed.length, options.length);
    return new Shell(home).run(args);
  }
}
