package io.pharos.cli.bench;

import io.pharos.cli.bench.net.Reactor;
import io.pharos.cli.bench.wire.Courier;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.IntConsumer;

/**
 * A few connections that all clients share for what they send, each with one request at a time: of
 * ten thousand clients that have logged in, none sends any more.
 */
final class SharedLines implements Courier {
  /** How many there are at most. */
  static final int COUNT = 8;

  private final List<SharedLine> lines = new ArrayList<>();
  private final Deque<Errand> waiting = new ArrayDeque<>();

  SharedLines(Reactor reactor, InetSocketAddress address) {
    for (int i = 0; i < COUNT; i++) {
      lines.add(new SharedLine(reactor, address, this::next));
    }
  }

  @Override
  public void send(byte[] request, IntConsumer answered) {
    waiting.add(new Errand(request, answered));
    next();
  }

  private void next() {
    for (SharedLine line : lines) {
      if (line.isFree() && !waiting.isEmpty()) {
        line.take(waiting.remove());
      }
    }
  }
}
