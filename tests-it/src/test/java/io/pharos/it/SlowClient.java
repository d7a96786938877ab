package io.pharos.it;

import com.nimbusds.jose.util.JSONArrayUtils;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A client that reads one thing at a time, when it is told to, and keeps nothing in between. */
abstract class SlowClient implements AutoCloseable {
  private static final String TOO_SLOW = "The client reads too slowly: its outbox is full";

  private final RawHttp connection;

  private SlowClient(RawHttp connection) {
    this.connection = connection;
  }

  /**
   * What comes to a client.
   *
   * @param position of a message, after a gap, or where the client may resume; empty if none is
   *     told
   */
  record Item(Kind kind, String text, String position) {
    enum Kind {
      /** From here on, no message is missed. */
      SUBSCRIBED,
      MESSAGE,
      GAP,
      /** The server's reason for the end that follows. */
      REASON
    }

    @Override
    public String toString() {
      return kind + " " + position + " " + text.substring(0, Math.min(100, text.length()));
    }

    /** The position's number within its destination. */
    long offset() {
      return Long.parseLong(position.substring(position.lastIndexOf('-') + 1));
    }
  }

  /** The next thing that is no heart-beat; null when the server has ended the connection. */
  abstract @Nullable Item next() throws IOException;

  /** The same, while the server must not end the connection. */
  Item more() throws IOException {
    Item item = next();
    if (item == null) {
      throw new AssertionError("the connection has ended, with close code " + closeCode());
    }
    return item;
  }

  /** The next thing, which must be of this kind. */
  Item more(Item.Kind kind) throws IOException {
    Item item = more();
    if (item.kind() != kind) {
      throw new AssertionError("not a " + kind + " but " + item);
    }
    return item;
  }

  SlowClient subscribed() throws IOException {
    more(Item.Kind.SUBSCRIBED);
    return this;
  }

  /** The WebSocket's close code; 0 where there is none. */
  abstract int closeCode();

  @Override
  public void close() throws IOException {
    connection.close();
  }

  /** How the client is connected. */
  enum Transport {
    SSE {
      @Override
      SlowClient subscribe(URI node, String topic, String lastPosition) throws IOException {
        RawHttp exchange = RawHttp.connectNarrow(node);
        String resume = lastPosition.isEmpty() ? "X-None: 1" : "Last-Event-ID: " + lastPosition;
        exchange.request(
            "GET", EventStream.of(topic), "Authorization: " + Token.of("slow").bearer(), resume);
        return new OfEvents(exchange).subscribed();
      }

      @Override
      Item farewell(String lastPosition) {
        return new Item(Item.Kind.REASON, TOO_SLOW, lastPosition);
      }

      @Override
      int closeCode() {
        return 0;
      }
    },
    STOMP {
      @Override
      SlowClient subscribe(URI node, String topic, String lastPosition) throws IOException {
        RawHttp socket = RawHttp.connectNarrow(node);
        socket.upgrade("Authorization: " + Token.of("slow").bearer());
        var client = new OfFrames(socket);
        socket.send(masked("CONNECT\naccept-version:1.2\nhost:x\n\n\0"));
        String resume = lastPosition.isEmpty() ? "" : "\nlast-event-id:" + lastPosition;
        socket.send(masked("SUBSCRIBE\nid:s\nreceipt:r\ndestination:" + topic + resume + "\n\n\0"));
        return client.subscribed();
      }

      @Override
      Item farewell(String lastPosition) {
        return new Item(Item.Kind.REASON, "SLOW_CONSUMER: " + TOO_SLOW, lastPosition);
      }

      @Override
      int closeCode() {
        return 1013;
      }
    },
    SOCKJS {
      @Override
      SlowClient subscribe(URI node, String topic, String lastPosition) throws IOException {
        RawHttp socket = RawHttp.connectNarrow(node);
        socket.upgradeAt(
            "/ws/000/" + UUID.randomUUID() + "/websocket",
            "Authorization: " + Token.of("slow").bearer());
        var client = new OfPackedFrames(socket);
        String resume = lastPosition.isEmpty() ? "" : "\nlast-event-id:" + lastPosition;
        String subscribe = "SUBSCRIBE\nid:s\nreceipt:r\ndestination:" + topic + resume + "\n\n\0";
        socket.send(masked(packed("CONNECT\naccept-version:1.2\nhost:x\n\n\0", subscribe)));
        return client.subscribed();
      }

      @Override
      Item farewell(String lastPosition) {
        return STOMP.farewell(lastPosition);
      }

      @Override
      int closeCode() {
        return STOMP.closeCode();
      }

      private static String packed(String... frames) {
        return JSONArrayUtils.toJSONString(List.of(frames));
      }
    };

    /**
     * Connects and subscribes.
     *
     * @param lastPosition where to resume; empty for what comes from now on
     */
    abstract SlowClient subscribe(URI node, String topic, String lastPosition) throws IOException;

    /**
     * What the server says before it cuts off a client that reads too slowly.
     *
     * @param lastPosition of the last message that it has written
     */
    abstract Item farewell(String lastPosition);

    /** The code of the close that follows; 0 where there is none. */
    abstract int closeCode();
  }

  /** A text message as clients have to send it (RFC 6455, section 5.2), with a mask of zeroes. */
  private static byte[] masked(String text) {
    byte[] payload = text.getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(8 + payload.length)
        .put((byte) 0x81)
        .put((byte) (0x80 | 126))
        .putShort((short) payload.length)
        .putInt(0)
        .put(payload)
        .array();
  }

  private static final class OfEvents extends SlowClient {
    private static final String RESUME = "Resume after ";
    private static final String COMMENT = ": ";
    private final InputStream body;
    private String comment = "";

    OfEvents(RawHttp exchange) throws IOException {
      super(exchange);
      body = exchange.body(exchange.head());
    }

    @Override
    @Nullable Item next() throws IOException {
      for (String block = block(); block != null; block = block()) {
        String id = field(block, "id: ");
        String data = field(block, "data: ");
        String said = field(block, COMMENT);
        if (said.startsWith(RESUME)) {
          return new Item(Item.Kind.REASON, comment, said.substring(RESUME.length()));
        }
        comment = said.isEmpty() ? comment : said;
        switch (field(block, "event: ")) {
          case "connected" -> {
            return new Item(Item.Kind.SUBSCRIBED, data, id);
          }
          case "gap" -> {
            return new Item(Item.Kind.GAP, data, Json.parse(data).text("position"));
          }
          case "" -> {
            if (!data.isEmpty()) {
              return new Item(Item.Kind.MESSAGE, data, id);
            }
          }
          default -> {}
        }
      }
      return null;
    }

    private static String field(String block, String name) {
      return block
          .lines()
          .filter(line -> line.startsWith(name))
          .findFirst()
          .map(line -> line.substring(name.length()))
          .orElse("");
    }

    /** The lines up to the next empty one, or to the end; null when there are none. */
    private @Nullable String block() throws IOException {
      var bytes = new ByteArrayOutputStream();
      int before = 0;
      for (int b = body.read(); b >= 0; b = body.read()) {
        bytes.write(b);
        if (b == '\n' && before == '\n') {
          return bytes.toString(StandardCharsets.UTF_8);
        }
        before = b;
      }
      return bytes.size() == 0 ? null : bytes.toString(StandardCharsets.UTF_8);
    }

    @Override
    int closeCode() {
      return 0;
    }
  }

  private static class OfFrames extends SlowClient {
    private static final int CLOSE = 8;

    /** Beyond it, a frame is the WebSocket's own. */
    private static final int BINARY = 2;

    private static final String RESUME = "\nResume s after ";
    private final DataInputStream in;
    private final Deque<Item> items = new ArrayDeque<>();
    private byte[] incomplete = new byte[0];
    private int closeCode;

    OfFrames(RawHttp socket) throws IOException {
      super(socket);
      in = new DataInputStream(socket.switched(socket.head()));
    }

    @Override
    @Nullable Item next() throws IOException {
      while (items.isEmpty()) {
        int opcode = in.readUnsignedByte() & 0x0f;
        byte[] payload = in.readNBytes(length());
        if (opcode == CLOSE) {
          closed(ByteBuffer.wrap(payload).getShort());
          return null;
        }
        if (opcode <= BINARY) {
          take(payload);
        }
      }
      return items.removeFirst();
    }

    /** Only the first says why. */
    void closed(int code) {
      closeCode = closeCode == 0 ? code : closeCode;
    }

    private int length() throws IOException {
      int length = in.readUnsignedByte();
      if (length == 126) {
        return in.readUnsignedShort();
      }
      return length == 127 ? Math.toIntExact(in.readLong()) : length;
    }

    void take(byte[] payload) {
      var all = new ByteArrayOutputStream();
      all.writeBytes(incomplete);
      all.writeBytes(payload);
      byte[] bytes = all.toByteArray();
      int from = 0;
      for (Frame.Parsed parsed = Frame.parse(bytes, from, StompVersion.V1_2);
          parsed != null;
          parsed = Frame.parse(bytes, from, StompVersion.V1_2)) {
        add(parsed.frame());
        from = parsed.end();
      }
      incomplete = Arrays.copyOfRange(bytes, from, bytes.length);
    }

    private static Item reason(Frame error) {
      String[] lines = error.text().split(RESUME, 2);
      return new Item(
          Item.Kind.REASON,
          error.header("pharos-error") + ": " + lines[0],
          lines.length == 2 ? lines[1] : "");
    }

    private void add(Frame frame) {
      switch (frame.command()) {
        case "RECEIPT" -> items.add(new Item(Item.Kind.SUBSCRIBED, "", ""));
        case "ERROR" -> items.add(reason(frame));
        case "MESSAGE" ->
            items.add(
                new Item(
                    frame.isGap() ? Item.Kind.GAP : Item.Kind.MESSAGE,
                    frame.text(),
                    String.valueOf(frame.header("position"))));
        default -> {}
      }
    }

    @Override
    int closeCode() {
      return closeCode;
    }
  }

  /** The same, with SockJS' frames around them. */
  private static final class OfPackedFrames extends OfFrames {
    OfPackedFrames(RawHttp socket) throws IOException {
      super(socket);
    }

    @Override
    void take(byte[] payload) {
      String packed = new String(payload, StandardCharsets.UTF_8);
      switch (packed.charAt(0)) {
        case 'a' ->
            elements(packed)
                .forEach(text -> super.take(((String) text).getBytes(StandardCharsets.UTF_8)));
        case 'c' -> closed(((Number) elements(packed).getFirst()).intValue());
        default -> {}
      }
    }

    private static List<Object> elements(String packed) {
      try {
        return JSONArrayUtils.parse(packed.substring(1));
      } catch (ParseException e) {
        throw new AssertionError("no frame of SockJS: " + packed, e);
      }
    }
  }
}
