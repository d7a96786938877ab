package io.pharos.cli.bench;

import io.pharos.cli.bench.publish.LaneEvents;
import java.util.BitSet;
import java.util.concurrent.CompletableFuture;

/** What became of the lanes and of what was published. Written by the publishers' thread. */
final class PublisherWatch implements LaneEvents {
  private final CompletableFuture<Void> allReady = new CompletableFuture<>();
  private final BitSet refused = new BitSet();
  private final int lanes;
  private String firstRefusal = "";
  private int ready;

  PublisherWatch(int lanes) {
    this.lanes = lanes;
  }

  CompletableFuture<Void> allReady() {
    return allReady;
  }

  /** Publications that the server did not take. */
  synchronized BitSet refused() {
    return (BitSet) refused.clone();
  }

  /** Why the first was refused, or empty. */
  synchronized String firstRefusal() {
    return firstRefusal;
  }

  @Override
  public void ready() {
    ready++;
    if (ready == lanes) {
      allReady.complete(null);
    }
  }

  @Override
  public synchronized void refused(int publication, String why) {
    refused.set(publication);
    if (firstRefusal.isEmpty()) {
      firstRefusal = why;
    }
  }

  @Override
  public void broken(Exception cause) {
    String why = cause.getMessage() == null ? cause.toString() : cause.getMessage();
    synchronized (this) {
      if (firstRefusal.isEmpty()) {
        firstRefusal = "a publisher's connection is gone: " + why;
      }
    }
    allReady.completeExceptionally(
        new BenchException(BenchException.Kind.CANNOT_CONNECT, "a publisher: " + why));
  }
}
