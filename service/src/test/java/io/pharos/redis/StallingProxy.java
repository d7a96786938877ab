package io.pharos.redis;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A link that can become a black hole: it still accepts connections and bytes, and nothing comes
 * out at the other end. Once healed, what is older than that is never delivered.
 */
final class StallingProxy implements AutoCloseable {
  private final ServerSocket server;
  private final int target;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition healed = lock.newCondition();
  private final List<Socket> sockets = new ArrayList<>();
  private boolean stalled;

  StallingProxy(int target) {
    this.target = target;
    try {
      server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread.ofVirtual().start(this::accept);
  }

  int port() {
    return server.getLocalPort();
  }

  void stall() {
    lock.lock();
    try {
      stalled = true;
    } finally {
      lock.unlock();
    }
  }

  /** From now on new connections work; those of before are dead, and stay silent. */
  void heal() {
    lock.lock();
    try {
      stalled = false;
      healed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket near = server.accept();
        Socket far = new Socket(InetAddress.getLoopbackAddress(), target);
        keep(near);
        keep(far);
        Thread.ofVirtual().start(() -> copy(near, far));
        Thread.ofVirtual().start(() -> copy(far, near));
      } catch (IOException e) {
        // The test is over, or Redis is away: then the next one may do better.
      }
    }
  }

  private void keep(Socket socket) {
    lock.lock();
    try {
      sockets.add(socket);
    } finally {
      lock.unlock();
    }
  }

  private void copy(Socket from, Socket to) {
    try (from;
        to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      byte[] buffer = new byte[8192];
      int count = in.read(buffer);
      while (count >= 0) {
        if (wasStalled()) {
          return;
        }
        out.write(buffer, 0, count);
        count = in.read(buffer);
      }
    } catch (IOException e) {
      // One side is gone, and so goes the other.
    }
  }

  /** Swallows what was under way, and keeps the connection open until the link is healed. */
  private boolean wasStalled() {
    lock.lock();
    try {
      boolean was = stalled;
      while (stalled) {
        healed.awaitUninterruptibly();
      }
      return was;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
    heal();
    lock.lock();
    try {
      for (Socket socket : sockets) {
        socket.close();
      }
    } finally {
      lock.unlock();
    }
  }
}
