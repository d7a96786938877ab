package io.pharos.web;

import jakarta.websocket.CloseReason;
import jakarta.websocket.RemoteEndpoint;
import jakarta.websocket.Session;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * A WebSocket that one thread at a time writes to, and that another one may close under a write
 * that blocks: both then get out, whether the client ever reads again or not.
 */
final class BlockingSocket {
  /** What a ping carries and its pong brings back; nobody reads it. */
  private static final byte[] PING = {'p'};

  private final Session socket;
  private final RemoteEndpoint.Basic remote;
  private final BlockingWrite blocking = new BlockingWrite();

  /** A write that may block. */
  private interface Sending {
    void send() throws IOException;
  }

  /**
   * @param socket open
   */
  BlockingSocket(Session socket) {
    this.socket = socket;
    // The container makes a new one each time.
    this.remote = socket.getBasicRemote();
  }

  /**
   * Sends a text message; blocks until it is on its way.
   *
   * @throws IOException when the WebSocket is closed, or has been meanwhile
   */
  void send(String text) throws IOException {
    send(() -> remote.sendText(text));
  }

  /** {@link #send(String)} for a binary message. */
  void send(byte[] bytes) throws IOException {
    send(() -> remote.sendBinary(ByteBuffer.wrap(bytes)));
  }

  /** The same for a ping (RFC 6455, section 5.5.2). */
  void ping() throws IOException {
    send(() -> remote.sendPing(ByteBuffer.wrap(PING)));
  }

  private void send(Sending sending) throws IOException {
    blocking.begin();
    try {
      sending.send();
    } catch (IOException e) {
      blocking.failed();
      throw e;
    } catch (IllegalStateException e) {
      blocking.failed();
      throw new IOException("the WebSocket is closed", e);
    } finally {
      blocking.end();
    }
  }

  /**
   * Says why, and ends it: the connection itself when the client has answered, or has not for 30
   * seconds. Blocks for some seconds at the most. Idempotent.
   */
  void close(CloseReason reason) {
    if (socket.isOpen()) {
      blocking.close(() -> closeSocket(reason));
    }
    blocking.abort();
  }

  private void closeSocket(CloseReason reason) {
    try {
      socket.close(reason);
    } catch (IOException | IllegalStateException e) {
      System.getLogger(BlockingSocket.class.getName())
          .log(System.Logger.Level.DEBUG, "The WebSocket is closed already: {0}", e.getMessage());
    }
  }
}
