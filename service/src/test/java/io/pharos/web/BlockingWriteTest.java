package io.pharos.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A write and a close that wait for each other's end inside the container. */
@Timeout(20)
class BlockingWriteTest {
  private final BlockingWrite blocking = new BlockingWrite();
  private final CountDownLatch never = new CountDownLatch(1);

  /** Waits as the container does; whether something got it out. */
  private boolean isInterrupted() {
    try {
      return never.await(1, TimeUnit.DAYS);
    } catch (InterruptedException e) {
      return true;
    }
  }

  @Test
  void aWriteThatFailsGetsTheCloseOut() throws Exception {
    var out = new AtomicBoolean();
    var closing = new CountDownLatch(1);
    var leftOver = new AtomicBoolean();
    Thread closer =
        Thread.ofVirtual()
            .start(
                () -> {
                  blocking.close(
                      () -> {
                        closing.countDown();
                        out.set(isInterrupted());
                      });
                  leftOver.set(Thread.currentThread().isInterrupted());
                });
    blocking.begin();
    closing.await();

    blocking.failed();
    blocking.end();

    closer.join();
    assertThat(out).isTrue();
    assertThat(leftOver).isFalse();
  }

  @Test
  void aCloseThatIsOverIsNotInterruptedAnyMore() {
    blocking.close(() -> {});

    blocking.failed();

    assertThat(Thread.interrupted()).isFalse();
  }

  @Test
  void whoeverClosesAndFailsToWriteIsNotInterrupted() {
    var interrupted = new AtomicBoolean();

    blocking.close(
        () -> {
          blocking.begin();
          blocking.failed();
          blocking.end();
          interrupted.set(Thread.currentThread().isInterrupted());
        });

    assertThat(interrupted).isFalse();
  }

  @Test
  void aCloseGetsTheWriteOut() throws Exception {
    var out = new AtomicBoolean();
    var writing = new CountDownLatch(1);
    Thread writer =
        Thread.ofVirtual()
            .start(
                () -> {
                  blocking.begin();
                  writing.countDown();
                  out.set(isInterrupted());
                  blocking.end();
                });
    writing.await();

    blocking.abort();

    writer.join();
    assertThat(out).isTrue();
  }
}
