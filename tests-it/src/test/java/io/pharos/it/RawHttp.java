package io.pharos.it;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** One HTTP/1.1 exchange over a plain socket: every byte of it can be chosen and seen. */
final class RawHttp implements AutoCloseable {
  private static final int READ_TIMEOUT_MILLIS = 60_000;

  private final Socket socket;
  private final InputStream in;

  private RawHttp(Socket socket) throws IOException {
    this.socket = socket;
    socket.setSoTimeout(READ_TIMEOUT_MILLIS);
    this.in = new BufferedInputStream(socket.getInputStream());
  }

  static RawHttp connect(URI server) throws IOException {
    return new RawHttp(new Socket(server.getHost(), server.getPort()));
  }

  /** A socket that takes in as little as possible while nobody reads from it. */
  static RawHttp connectNarrow(URI server) throws IOException {
    var socket = new Socket();
    socket.setReceiveBufferSize(4096);
    socket.connect(new java.net.InetSocketAddress(server.getHost(), server.getPort()));
    return new RawHttp(socket);
  }

  RawHttp send(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
    socket.getOutputStream().flush();
    return this;
  }

  RawHttp send(String text) throws IOException {
    return send(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Sends a request without a body; {@code Host} is added. */
  RawHttp request(String method, String target, String... headerLines) throws IOException {
    var request = new StringBuilder(method).append(' ').append(target).append(" HTTP/1.1\r\n");
    request.append("Host: ").append("localhost:").append(socket.getPort()).append("\r\n");
    for (String line : headerLines) {
      request.append(line).append("\r\n");
    }
    return send(request.append("\r\n").toString());
  }

  /** Asks for a WebSocket that speaks STOMP 1.2. */
  RawHttp upgrade(String... headerLines) throws IOException {
    return upgradeAt("/ws", headerLines);
  }

  /** The same, elsewhere. */
  RawHttp upgradeAt(String path, String... headerLines) throws IOException {
    var lines =
        new ArrayList<>(
            List.of(
                "Upgrade: websocket",
                "Connection: Upgrade",
                "Sec-WebSocket-Version: 13",
                "Sec-WebSocket-Key: MDEyMzQ1Njc4OWFiY2RlZg==",
                "Sec-WebSocket-Protocol: v12.stomp"));
    lines.addAll(List.of(headerLines));
    return request("GET", path, lines.toArray(String[]::new));
  }

  HttpHead head() throws IOException {
    String status = line();
    Map<String, List<String>> headers = new LinkedHashMap<>();
    for (String line = line(); !line.isEmpty(); line = line()) {
      int colon = line.indexOf(':');
      headers
          .computeIfAbsent(
              line.substring(0, colon).toLowerCase(Locale.ROOT), n -> new ArrayList<>())
          .add(line.substring(colon + 1).strip());
    }
    return new HttpHead(Integer.parseInt(status.substring(9, 12)), headers);
  }

  /** What follows the head of an answer that switches protocols, whatever length it names. */
  InputStream switched(HttpHead head) {
    if (head.status() != 101) {
      throw new AssertionError("not switched but " + head);
    }
    return in;
  }

  /** What follows the head, without chunk sizes. */
  InputStream body(HttpHead head) throws IOException {
    if (head.header("transfer-encoding").filter(e -> e.equalsIgnoreCase("chunked")).isPresent()) {
      return new Chunked();
    }
    if (head.header("content-length").isPresent()) {
      int length = Integer.parseInt(head.header("content-length").get());
      return new ByteArrayInputStream(in.readNBytes(length));
    }
    return in;
  }

  /** The next chunk of a body, as the server cut it; empty at the end. */
  String chunk() throws IOException {
    int length = Integer.parseInt(line(), 16);
    byte[] chunk = in.readNBytes(length);
    line();
    return new String(chunk, StandardCharsets.UTF_8);
  }

  /** Waits for what comes next; whether that is the connection's end. */
  boolean isEnded() throws IOException {
    try {
      return in.read() < 0;
    } catch (SocketException e) {
      return true;
    }
  }

  private String line() throws IOException {
    var line = new StringBuilder();
    for (int b = in.read(); b != '\n'; b = in.read()) {
      if (b < 0) {
        throw new EOFException("the connection ended in the middle of a line: " + line);
      }
      if (b != '\r') {
        line.append((char) b);
      }
    }
    return line.toString();
  }

  /** Ends it at once, without reading what is under way. */
  @Override
  public void close() throws IOException {
    socket.close();
  }

  private final class Chunked extends InputStream {
    private int remaining;
    private boolean ended;

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int from, int length) throws IOException {
      if (!ended && remaining == 0) {
        remaining = Integer.parseInt(line(), 16);
        ended = remaining == 0;
        if (ended) {
          line();
        }
      }
      if (ended) {
        return -1;
      }
      int count = in.read(bytes, from, Math.min(length, remaining));
      if (count < 0) {
        throw new EOFException("the connection ended within a chunk");
      }
      remaining -= count;
      if (remaining == 0) {
        line();
      }
      return count;
    }
  }
}
