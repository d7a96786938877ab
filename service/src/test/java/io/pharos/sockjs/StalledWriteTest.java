package io.pharos.sockjs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A client that has stopped reading, and keeps whoever writes to it. */
class StalledWriteTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Base base = new Base();
  private final Stalling exchange = new Stalling();

  /** Takes the prelude and the first frame; the next write blocks until it is given up. */
  private static final class Stalling implements Exchange {
    private final CountDownLatch stalled = new CountDownLatch(1);
    private final CountDownLatch givenUp = new CountDownLatch(1);
    private int writes;

    @Override
    public void write(String piece) throws IOException {
      if (++writes <= 2) {
        return;
      }
      stalled.countDown();
      try {
        assertThat(givenUp.await(60, TimeUnit.SECONDS)).isTrue();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      throw new IOException("given up");
    }

    @Override
    public void end(String piece) throws IOException {
      write(piece);
    }

    @Override
    public void abort() {
      givenUp.countDown();
    }
  }

  private CompletableFuture<Void> sendAndStall() throws InterruptedException {
    ((Reply.Receive) base.reply(FakeRequest.post("/0/s/xhr_streaming"), "somebody"))
        .attach()
        .accept(exchange);
    SockJsConnection connection = base.service.opened.getLast();
    CompletableFuture<Void> sent =
        CompletableFuture.runAsync(() -> Base.send(connection, "not read"));
    assertThat(exchange.stalled.await(60, TimeUnit.SECONDS)).isTrue();
    return sent;
  }

  @Test
  void aWriteThatTakesTooLongIsGivenUp() throws Exception {
    CompletableFuture<Void> sent = sendAndStall();

    base.pass(Duration.ofSeconds(11));

    assertThat(sent)
        .failsWithin(PATIENCE)
        .withThrowableThat()
        .withCauseInstanceOf(UncheckedIOException.class);
    assertThat(base.poll("s").body()).isEqualTo("c[1002,\"Connection interrupted\"]\n");
    assertThat(base.service.closed).isEqualTo(1);
  }

  @Test
  void closingGivesItUpAtOnce() throws Exception {
    CompletableFuture<Void> sent = sendAndStall();

    base.service.opened.getLast().close(new CloseStatus(1013, "Too slow"));

    assertThat(sent)
        .satisfiesAnyOf(
            it -> assertThat(it).succeedsWithin(PATIENCE),
            it -> assertThat(it).failsWithin(PATIENCE));
    assertThat(base.poll("s").body()).isEqualTo("c[1013,\"Too slow\"]\n");
  }

  @Test
  void aSecondReceiverIsSentAwayWithoutWaiting() throws Exception {
    CompletableFuture<Void> sent = sendAndStall();

    assertThat(base.poll("s").body()).isEqualTo("c[2010,\"Another connection still open\"]\n");

    exchange.abort();
    assertThat(sent).failsWithin(PATIENCE);
  }
}
