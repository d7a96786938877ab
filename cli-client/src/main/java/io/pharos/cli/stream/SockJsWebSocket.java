package io.pharos.cli.stream;

import io.pharos.cli.sockjs.MessageArray;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** A SockJS session over a WebSocket: each message is a frame. */
final class SockJsWebSocket implements Link {
  private final Link socket;

  private SockJsWebSocket(Link socket) {
    this.socket = socket;
  }

  static Link open(SockJsRequests requests, String token, SockJsInput input, Duration patience)
      throws IOException {
    return new SockJsWebSocket(
        WebSocketLink.open(requests.webSocket(), List.of(), token, new Frames(input), patience));
  }

  @Override
  public void send(String text) throws IOException, InterruptedException {
    socket.send(MessageArray.of(text));
  }

  @Override
  public void close() {
    socket.close();
  }

  /** Ends each frame as it ends over HTTP. */
  private record Frames(SockJsInput input) implements MessageSink {
    private static final byte[] END = {'\n'};

    @Override
    public void piece(byte[] bytes, boolean last) {
      input.feed(bytes, bytes.length);
      if (last) {
        input.feed(END, 1);
      }
    }

    @Override
    public void end(IOException reason) {
      input.end(reason);
    }
  }
}
