package io.pharos.cli.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.EOFException;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class SilenceWatchTest {
  private final Inbox inbox = new Inbox();
  private long now = 7;
  private final SilenceWatch watch = new SilenceWatch(inbox, Duration.ofSeconds(60), () -> now);

  @Test
  void aConnectionThatIsSilentForTooLongIsDead() {
    now += Duration.ofSeconds(60).toNanos();
    assertThatThrownBy(() -> watch.read(Duration.ofDays(1)))
        .isInstanceOf(IOException.class)
        .hasMessage("nothing was received for 60 s");
  }

  @Test
  void anythingReceivedCountsAsLife() throws Exception {
    now += Duration.ofSeconds(59).toNanos();
    inbox.put(new byte[] {'\n'});
    assertThat(watch.read(Duration.ofSeconds(1))).hasSize(1);
    now += Duration.ofSeconds(59).toNanos();
    assertThat(watch.read(Duration.ZERO)).isEmpty();
    now += Duration.ofSeconds(1).toNanos();
    assertThatThrownBy(() -> watch.read(Duration.ZERO)).isInstanceOf(IOException.class);
  }

  @Test
  void whatArrivedWhileNobodyReadIsNotSilence() throws Exception {
    inbox.put(new byte[] {1});
    now += Duration.ofHours(1).toNanos();
    assertThat(watch.read(Duration.ZERO)).hasSize(1);
  }

  @Test
  void whatArrivedBeforeTheEndIsRead() throws Exception {
    inbox.put(new byte[] {1});
    inbox.end();
    inbox.end(new IOException("later"));
    assertThat(watch.read(Duration.ZERO)).hasSize(1);
    assertThatThrownBy(() -> watch.read(Duration.ZERO)).isInstanceOf(EOFException.class);
  }

  @Test
  void theTransportWaitsWhileTheOutputDoesNotKeepUp() throws Exception {
    inbox.put(new byte[1 << 20]);
    Thread transport = Thread.ofPlatform().start(() -> inbox.put(new byte[] {1}));
    while (transport.getState() != Thread.State.WAITING) {
      Thread.onSpinWait();
    }
    assertThat(watch.read(Duration.ZERO)).hasSize(1 << 20);
    transport.join();
    assertThat(watch.read(Duration.ZERO)).hasSize(1);
  }

  @Test
  void theTransportDoesNotWaitForAReaderThatHasGone() throws Exception {
    inbox.put(new byte[1 << 20]);
    Thread transport = Thread.ofPlatform().start(() -> inbox.put(new byte[] {1}));
    while (transport.getState() != Thread.State.WAITING) {
      Thread.onSpinWait();
    }
    inbox.close();
    transport.join();
  }
}
