package io.pharos.cli.stream;

import io.pharos.cli.failure.UnexpectedAnswerException;
import io.pharos.cli.sockjs.FrameDecoder;
import io.pharos.cli.sockjs.FrameListener;
import io.pharos.cli.sockjs.MalformedFrameException;
import io.pharos.cli.sockjs.Scratch;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * What comes from one SockJS session. Until the session is open, its failures are told to whoever
 * waits for that, and nothing reaches the inbox: another transport may be tried instead.
 */
final class SockJsInput implements FrameListener {
  private static final int INTERRUPTED = 1002;

  private final Inbox inbox;
  private final CompletableFuture<Boolean> opened = new CompletableFuture<>();
  private final FrameDecoder decoder = new FrameDecoder(this, new Scratch());
  private volatile boolean over;

  SockJsInput(Inbox inbox) {
    this.inbox = inbox;
  }

  /** Takes bytes of the session's frames. For one thread at a time. */
  void feed(byte[] bytes, int length) {
    if (over) {
      return;
    }
    try {
      decoder.feed(bytes, 0, length);
    } catch (MalformedFrameException e) {
      end(new UnexpectedAnswerException(String.valueOf(e.getMessage())));
    }
  }

  /** There is no more, for this reason. */
  void end(IOException reason) {
    over = true;
    if (!opened.completeExceptionally(reason) && isOpen()) {
      inbox.end(reason);
    }
  }

  /** Whether nothing that still comes is of any use. */
  boolean isOver() {
    return over;
  }

  /** Whether the session was opened and is not over. */
  boolean isLive() {
    return !over && isOpen();
  }

  /**
   * Waits until the session is open.
   *
   * @throws IOException why it is not, and will not be any more
   */
  void awaitOpen(Duration patience) throws IOException, InterruptedException {
    try {
      opened.get(patience.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      giveUp(new IOException("no session within " + patience.toMillis() + " ms", e));
    } catch (ExecutionException e) {
      throw e.getCause() instanceof IOException io ? io : new IOException(e.getCause());
    }
  }

  /** Unless the session has been opened just now. */
  private void giveUp(IOException late) throws IOException {
    if (opened.completeExceptionally(late)) {
      over = true;
    }
    if (!isOpen()) {
      throw late;
    }
  }

  @Override
  public void opened() {
    if (!opened.complete(true)) {
      end(new IOException("the server has lost the session"));
    }
  }

  @Override
  public void text(byte[] bytes, int offset, int length) {
    if (isOpen()) {
      inbox.put(Arrays.copyOfRange(bytes, offset, offset + length));
    }
  }

  @Override
  public void closed(int code, String reason) {
    // In SockJS, 1002 tells of the way between, not of what was sent.
    end(
        code == INTERRUPTED
            ? new IOException("the connection was interrupted")
            : new LinkClosedException(code, reason));
  }

  private boolean isOpen() {
    return opened.isDone() && !opened.isCompletedExceptionally();
  }
}
