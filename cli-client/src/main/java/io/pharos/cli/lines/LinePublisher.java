package io.pharos.cli.lines;

import io.pharos.cli.failure.CliException;
import io.pharos.cli.failure.ServerRefusedException;
import io.pharos.cli.retry.Retry;
import java.io.IOException;
import java.util.List;

/**
 * Publishes what the queue holds, batch after batch, one at a time, so that the order stays. Not
 * thread-safe.
 */
public final class LinePublisher {
  private final LineQueue queue;
  private final Sender sender;
  private final Retry retry;
  private long published;

  /** Sends a batch as one request. Sending it again must not publish anything again. */
  @FunctionalInterface
  public interface Sender {
    void send(List<Line> batch) throws IOException, InterruptedException;

    /** The batch that was sent last is stored, and counts as published. */
    default void stored() {}
  }

  public LinePublisher(LineQueue queue, Sender sender, Retry retry) {
    this.queue = queue;
    this.sender = sender;
    this.retry = retry;
  }

  /** How many lines the server has stored. */
  public long published() {
    return published;
  }

  /**
   * Publishes until the queue ends.
   *
   * @throws CliException naming the line that the server refuses; those before it were published
   */
  public void run() throws IOException, InterruptedException {
    for (List<Line> batch = queue.take(); !batch.isEmpty(); batch = queue.take()) {
      publish(batch);
    }
  }

  private void publish(List<Line> batch) throws IOException, InterruptedException {
    try {
      retry.call(
          () -> {
            sender.send(batch);
            return batch;
          });
      published += batch.size();
      sender.stored();
    } catch (ServerRefusedException e) {
      if (e.status() != 413 && e.status() != 400) {
        throw e;
      }
      if (batch.size() == 1) {
        throw refused(batch.getFirst(), e);
      }
      // One of them is to blame, or together they are too long: in halves, that will show.
      publish(batch.subList(0, batch.size() / 2));
      publish(batch.subList(batch.size() / 2, batch.size()));
    }
  }

  private static CliException refused(Line line, ServerRefusedException refusal) {
    return CliException.failed(
        "line %d, of %d bytes, was refused: %s"
            .formatted(line.number(), line.body().length(), refusal.detail()),
        refusal.status() == 413
            ? "The limit is the server's pharos.message.max-bytes. All lines before it were"
                + " published."
            : "All lines before it were published.");
  }
}
