package io.pharos.web;

import io.pharos.sockjs.CloseStatus;
import io.pharos.sockjs.SockJsConnection;
import io.pharos.stomp.CloseCode;
import io.pharos.stomp.StompTransport;
import java.io.IOException;

/** A SockJS session as the carrier of STOMP's frames, which are text there without exception. */
final class SockJsTransport implements StompTransport {
  private final SockJsConnection connection;

  SockJsTransport(SockJsConnection connection) {
    this.connection = connection;
  }

  @Override
  public void sendText(String text) throws IOException {
    connection.send(text);
  }

  @Override
  public void sendBinary(byte[] bytes) throws IOException {
    connection.send(new BinaryFrame(bytes).asText());
  }

  @Override
  public void close(CloseCode code) {
    connection.close(new CloseStatus(code.code(), code.text()));
  }

  @Override
  public String name() {
    return "sockjs/" + connection.transport();
  }
}
