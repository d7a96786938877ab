package io.pharos.cli.bench.net;

import io.pharos.cli.bench.wire.Outlet;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** One connection of a reactor. To be used on the reactor's thread alone. */
public final class Connection implements Outlet {
  private final SocketChannel channel;
  private final SelectionKey key;
  private final Peer peer;
  private @Nullable Deque<ByteBuffer> waiting;
  private boolean reading = true;
  private boolean open = true;

  private Connection(SocketChannel channel, Selector selector, Peer peer) throws IOException {
    this.channel = channel;
    this.peer = peer;
    this.key = channel.register(selector, SelectionKey.OP_CONNECT, this);
  }

  static Connection open(Selector selector, InetSocketAddress address, Buffers buffers, Peer peer)
      throws IOException {
    SocketChannel channel = SocketChannel.open();
    try {
      channel.configureBlocking(false);
      channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
      if (buffers == Buffers.SMALL) {
        channel.setOption(StandardSocketOptions.SO_RCVBUF, Buffers.SMALL_BYTES);
      }
      var connection = new Connection(channel, selector, peer);
      channel.connect(address);
      return connection;
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  /** The port on this side; 0 once it is closed. */
  public int localPort() {
    try {
      return channel.getLocalAddress() instanceof InetSocketAddress local ? local.getPort() : 0;
    } catch (IOException e) {
      return 0;
    }
  }

  @Override
  public void send(byte[] bytes) {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    Deque<ByteBuffer> queue = waiting;
    if (queue == null || queue.isEmpty()) {
      try {
        channel.write(buffer);
      } catch (IOException e) {
        fail(e);
        return;
      }
    }
    if (buffer.hasRemaining()) {
      if (queue == null) {
        queue = new ArrayDeque<>();
        waiting = queue;
      }
      queue.add(buffer);
      updateInterest();
    }
  }

  /** Lets what comes lie in the socket's buffers. */
  public void stopReading() {
    reading = false;
    updateInterest();
  }

  /** Reads again. */
  public void startReading() {
    reading = true;
    updateInterest();
  }

  /** Closes without a goodbye; the peer is not told. */
  public void close() {
    open = false;
    key.cancel();
    try {
      channel.close();
    } catch (IOException e) {
      // Gone is gone.
    }
  }

  void ready(Reactor reactor) {
    try {
      if (key.isConnectable()) {
        channel.finishConnect();
        updateInterest();
        peer.connected(this);
      }
      if (open && key.isWritable()) {
        write();
      }
      if (open && key.isReadable()) {
        read(reactor);
      }
    } catch (IOException | CancelledKeyException e) {
      fail(e);
    } catch (RuntimeException e) {
      fail(e);
    }
  }

  private void read(Reactor reactor) throws IOException {
    int count = reactor.read(channel);
    if (count < 0) {
      throw new EOFException("the server closed the connection");
    }
    peer.received(this, reactor.bytes(), 0, count);
  }

  private void write() throws IOException {
    Deque<ByteBuffer> queue = waiting;
    while (queue != null && !queue.isEmpty()) {
      ByteBuffer first = queue.getFirst();
      channel.write(first);
      if (first.hasRemaining()) {
        return;
      }
      queue.removeFirst();
    }
    updateInterest();
  }

  private void updateInterest() {
    if (!open || !channel.isConnected()) {
      return;
    }
    Deque<ByteBuffer> queue = waiting;
    int writes = queue == null || queue.isEmpty() ? 0 : SelectionKey.OP_WRITE;
    key.interestOps((reading ? SelectionKey.OP_READ : 0) | writes);
  }

  /** Closes without a goodbye, and tells the peer why. */
  public void fail(Exception cause) {
    if (open) {
      close();
      peer.closed(this, cause);
    }
  }
}
