package io.pharos.it;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Stands between a client and a server as some proxies do: closes a connection that is to become a
 * WebSocket, and may keep streams back for ever.
 */
final class NarrowProxy implements AutoCloseable {
  private final ServerSocket listener;
  private final URI server;
  private final Blocks blocks;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();

  /** What does not get through. */
  enum Blocks {
    NOTHING,
    WEB_SOCKETS,
    WEB_SOCKETS_AND_STREAMS;

    private boolean refuses(String request) {
      return this != NOTHING && request.contains("Upgrade: websocket");
    }

    private boolean swallows(String request) {
      return this == WEB_SOCKETS_AND_STREAMS && request.contains("/xhr_streaming ");
    }
  }

  NarrowProxy(URI server, Blocks blocks) throws IOException {
    this.server = server;
    this.blocks = blocks;
    this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().name("narrow-proxy").start(this::accept);
  }

  URI uri() {
    return URI.create("http://localhost:" + listener.getLocalPort());
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket client = listener.accept();
        Socket upstream = new Socket(server.getHost(), server.getPort());
        open.add(client);
        open.add(upstream);
        Thread.ofVirtual().start(() -> forward(client, upstream));
        Thread.ofVirtual().start(() -> answer(upstream, client));
      } catch (IOException e) {
        // Closed, or one side was not there: the client sees the end of its connection.
      }
    }
  }

  private void forward(Socket client, Socket upstream) {
    try (client;
        upstream) {
      InputStream in = client.getInputStream();
      OutputStream out = upstream.getOutputStream();
      byte[] buffer = new byte[64 << 10];
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        String request = new String(buffer, 0, count, StandardCharsets.ISO_8859_1);
        if (blocks.refuses(request)) {
          return;
        }
        if (!blocks.swallows(request)) {
          out.write(buffer, 0, count);
        }
      }
    } catch (IOException e) {
      // The end of one is the end of both.
    }
  }

  private static void answer(Socket upstream, Socket client) {
    try (upstream;
        client) {
      upstream.getInputStream().transferTo(client.getOutputStream());
    } catch (IOException e) {
      // The end of one is the end of both.
    }
  }

  @Override
  public void close() throws IOException {
    listener.close();
    for (Socket socket : open) {
      socket.close();
    }
  }
}
