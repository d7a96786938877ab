package io.pharos.it;

import java.io.IOException;
import java.net.URI;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;

/**
 * A consumer of a work queue that does each job, returns some of them, and notes what it was handed
 * that had been handed out before without saying so. It works until its connection ends.
 */
final class Worker implements AutoCloseable {

  /** What all workers of one queue know together. */
  static final class Books {
    private final Map<String, Integer> handed = new ConcurrentHashMap<>();
    private final Set<String> done = ConcurrentHashMap.newKeySet();
    private final Set<String> unflagged = ConcurrentHashMap.newKeySet();
    private final CountDownLatch happened = new CountDownLatch(1);
    private final int doneBefore;

    /** For workers that do all there is. */
    Books() {
      this(Integer.MAX_VALUE);
    }

    /**
     * For workers around something that happens in the middle.
     *
     * @param doneBefore after how many jobs, about, all of them wait for {@link #goOn}
     */
    Books(int doneBefore) {
      this.doneBefore = doneBefore;
    }

    /** What had to happen has happened. */
    void goOn() {
      happened.countDown();
    }

    private void awaitTurn() throws InterruptedException {
      if (done.size() >= doneBefore) {
        happened.await();
      }
    }

    /** The jobs that were acknowledged. */
    Set<String> done() {
      return done;
    }

    /** The jobs that somebody was handed. */
    Set<String> handed() {
      return handed.keySet();
    }

    /** The jobs that came again as if for the first time. */
    Set<String> unflagged() {
      return unflagged;
    }
  }

  private final Books books;
  private final int percentReturned;
  private final StompClient client;
  private final Random random = new Random(7);
  private final Thread thread = Thread.ofVirtual().unstarted(this::work);

  Worker(URI node, String queue, Books books, int percentReturned) throws Exception {
    this.books = books;
    this.percentReturned = percentReturned;
    client = StompClient.connect(node, Token.of("worker"));
    client.subscribe("w", queue, "ack", "client-individual", "prefetch-count", "50");
    thread.start();
  }

  /** Whether its connection has ended, and it does nothing any more. */
  boolean isEnded() {
    return client.isClosed();
  }

  private void work() {
    try {
      while (!client.isClosed() && !thread.isInterrupted()) {
        for (int left = client.waiting().size(); left > 0; left--) {
          answer(client.expect("MESSAGE"));
        }
        Thread.sleep(2);
      }
    } catch (IOException | IllegalStateException e) {
      // The node was killed.
      return;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void answer(Frame job) throws IOException, InterruptedException {
    books.awaitTurn();
    boolean again = books.handed.merge(job.text(), 1, Integer::sum) > 1;
    if (again && job.header("redelivered") == null) {
      books.unflagged.add(job.text());
    }
    boolean returned = random.nextInt(100) < percentReturned;
    String id = Objects.requireNonNull(job.header("ack"));
    client.send(Frame.of(returned ? "NACK" : "ACK", "id", id));
    if (!returned) {
      books.done.add(job.text());
    }
  }

  @Override
  public void close() throws IOException {
    thread.interrupt();
    client.close();
  }
}
