package io.pharos.cli.lines;

import io.pharos.cli.failure.CliException;
import java.io.IOException;
import java.io.InputStream;

/**
 * Reads lines from the input into the queue, on a thread of its own: what there is, as soon as it
 * is there.
 */
public final class LineReader implements Runnable {
  private final InputStream in;
  private final LineQueue queue;

  public LineReader(InputStream in, LineQueue queue) {
    this.in = in;
    this.queue = queue;
  }

  /** Starts reading. The thread does not keep the program alive: a read cannot be interrupted. */
  public void start() {
    Thread.ofPlatform().daemon().name("stdin").start(this);
  }

  @Override
  public void run() {
    var splitter = new LineSplitter(queue::put);
    byte[] chunk = new byte[1 << 16];
    try {
      for (int count = in.read(chunk); count >= 0; count = in.read(chunk)) {
        splitter.feed(chunk, count);
      }
      splitter.end();
      queue.end();
    } catch (IOException e) {
      queue.end(CliException.failed("cannot read standard input: " + e.getMessage(), null));
    } catch (CliException e) {
      queue.end(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      queue.end();
    }
  }
}
