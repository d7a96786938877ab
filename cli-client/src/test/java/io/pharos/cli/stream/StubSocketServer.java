package io.pharos.cli.stream;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A SockJS server whose sessions are WebSockets, for short text messages; in this process. */
final class StubSocketServer implements AutoCloseable {
  private static final Pattern KEY = Pattern.compile("(?i)\r\nSec-WebSocket-Key: *([^\r]*)\r\n");

  private final ServerSocket listener;
  private final List<Socket> sockets = new CopyOnWriteArrayList<>();
  private final List<String> heads = new CopyOnWriteArrayList<>();
  private final Application application;

  /** What is said over a WebSocket. */
  interface Application {
    /** One was opened. */
    void opened(Peer peer) throws IOException;

    void received(Peer peer, String text) throws IOException;
  }

  /** The other side of a WebSocket. */
  record Peer(OutputStream out) {
    void send(String text) throws IOException {
      byte[] payload = text.getBytes(StandardCharsets.UTF_8);
      var frame = new ByteArrayOutputStream();
      frame.write(0x81);
      if (payload.length < 126) {
        frame.write(payload.length);
      } else {
        frame.write(126);
        frame.write(payload.length >> 8);
        frame.write(payload.length);
      }
      frame.writeBytes(payload);
      out.write(frame.toByteArray());
      out.flush();
    }
  }

  StubSocketServer(Application application) {
    this.application = application;
    try {
      listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread.ofVirtual().start(this::accept);
  }

  String url() {
    return "http://127.0.0.1:" + listener.getLocalPort();
  }

  /** The requests' heads, in order. */
  List<String> heads() {
    return heads;
  }

  @Override
  public void close() throws IOException {
    listener.close();
    for (Socket socket : sockets) {
      socket.close();
    }
  }

  private void accept() {
    try {
      while (true) {
        Socket socket = listener.accept();
        sockets.add(socket);
        Thread.ofVirtual().start(() -> serve(socket));
      }
    } catch (IOException e) {
      // The test is over.
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      var in = new DataInputStream(socket.getInputStream());
      String head = head(in);
      heads.add(head);
      Matcher key = KEY.matcher(head);
      OutputStream out = socket.getOutputStream();
      if (!key.find()) {
        String body = "{\"websocket\":true}";
        String answer =
            "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: %d\r\n\r\n%s"
                .formatted(body.length(), body);
        out.write(answer.getBytes(StandardCharsets.US_ASCII));
        return;
      }
      String upgrade =
          "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
              + "Sec-WebSocket-Accept: %s\r\n\r\n".formatted(accept(key.group(1)));
      out.write(upgrade.getBytes(StandardCharsets.US_ASCII));
      var peer = new Peer(out);
      application.opened(peer);
      for (String text = text(in); text != null; text = text(in)) {
        application.received(peer, text);
      }
    } catch (IOException | GeneralSecurityException e) {
      // The client is gone, or the test is over.
    }
  }

  private static String head(DataInputStream in) throws IOException {
    var head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      head.append((char) in.readUnsignedByte());
    }
    return head.toString();
  }

  private static String accept(String key) throws GeneralSecurityException {
    String joined = key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    return Base64.getEncoder()
        .encodeToString(
            MessageDigest.getInstance("SHA-1").digest(joined.getBytes(StandardCharsets.US_ASCII)));
  }

  /** The next text message; null at the close frame. */
  private static @Nullable String text(DataInputStream in) throws IOException {
    int kind = in.readUnsignedByte() & 0xf;
    int length = in.readUnsignedByte() & 0x7f;
    if (length == 126) {
      length = in.readUnsignedShort();
    }
    byte[] mask = in.readNBytes(4);
    byte[] payload = in.readNBytes(length);
    for (int i = 0; i < length; i++) {
      payload[i] ^= mask[i & 3];
    }
    return kind == 8 ? null : new String(payload, StandardCharsets.UTF_8);
  }
}
