package io.pharos.it;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A stretch of network between a client and a server. It can be slow, and it can become a black
 * hole: connections and bytes are taken, and nothing comes out until it is healed; then what was
 * held goes on its way, as TCP would send it again.
 */
final class Link implements AutoCloseable {
  private static final int CHUNK = 8192;

  private final ServerSocket listener;
  private final int target;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition healed = lock.newCondition();
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private final AtomicLong fromServer = new AtomicLong();
  private volatile Duration pause = Duration.ZERO;
  private boolean blackHole;

  /**
   * @param port where it listens; 0 takes a free one
   * @param target port of the server
   */
  Link(int port, int target) throws IOException {
    this.target = target;
    this.listener = new ServerSocket();
    listener.setReceiveBufferSize(CHUNK);
    listener.bind(new java.net.InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    Thread.ofVirtual().name("link").start(this::accept);
  }

  int port() {
    return listener.getLocalPort();
  }

  /** How many bytes have come from the server. */
  long bytesFromServer() {
    return fromServer.get();
  }

  /** From now on, a pause follows each 8 KiB that come from the server. */
  void slowDown(Duration pauseAfterEachChunk) {
    pause = pauseAfterEachChunk;
  }

  void swallow() {
    lock.lock();
    try {
      blackHole = true;
    } finally {
      lock.unlock();
    }
  }

  void heal() {
    lock.lock();
    try {
      blackHole = false;
      healed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket near = listener.accept();
        sockets.add(near);
        Thread.ofVirtual().name("link").start(() -> connect(near));
      } catch (IOException e) {
        // Closed.
      }
    }
  }

  private void connect(Socket near) {
    pass();
    var far = new Socket();
    sockets.add(far);
    try {
      far.setReceiveBufferSize(8 * CHUNK);
      far.connect(new java.net.InetSocketAddress(InetAddress.getLoopbackAddress(), target));
      Thread.ofVirtual().name("link").start(() -> copy(near, far));
      copyFromServer(far, near);
    } catch (IOException e) {
      // The server is away: so is this connection.
      close(near);
      close(far);
    }
  }

  private void copy(Socket from, Socket to) {
    try {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      byte[] chunk = new byte[CHUNK];
      for (int count = in.read(chunk); count >= 0; count = in.read(chunk)) {
        pass();
        out.write(chunk, 0, count);
      }
    } catch (IOException e) {
      // The end of one is the end of both.
    } finally {
      close(from);
      close(to);
    }
  }

  private void copyFromServer(Socket from, Socket to) throws IOException {
    try {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      byte[] chunk = new byte[CHUNK];
      for (int count = in.read(chunk); count >= 0; count = in.read(chunk)) {
        pass();
        fromServer.addAndGet(count);
        out.write(chunk, 0, count);
        Thread.sleep(pause);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      close(from);
      close(to);
    }
  }

  private void pass() {
    lock.lock();
    try {
      while (blackHole) {
        healed.awaitUninterruptibly();
      }
    } finally {
      lock.unlock();
    }
  }

  private void close(Socket socket) {
    sockets.remove(socket);
    try {
      socket.close();
    } catch (IOException e) {
      // It is closed already.
    }
  }

  @Override
  public void close() throws IOException {
    listener.close();
    heal();
    sockets.forEach(this::close);
  }
}
