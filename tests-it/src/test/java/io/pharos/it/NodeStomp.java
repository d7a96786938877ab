package io.pharos.it;

import com.nimbusds.jose.util.JSONObjectUtils;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

/** A package for Node, driven by one of the scripts, over lines of JSON. */
final class NodeStomp implements StockStomp {
  private final Program program;
  private int taken;

  private NodeStomp(Program program) {
    this.program = program;
  }

  /** Starts the script, which connects by itself. */
  static NodeStomp start(NodeJs nodeJs, String script, URI node, Token token) {
    return start(nodeJs, script, StompClient.webSocket(node), token, "");
  }

  /** The same over SockJS, by one of its transports. */
  static NodeStomp overSockJs(NodeJs nodeJs, URI node, Token token, String transport) {
    return start(nodeJs, "drive-sockjs.mjs", node.resolve("/ws"), token, transport);
  }

  private static NodeStomp start(
      NodeJs nodeJs, String script, URI address, Token token, String transport) {
    try {
      return new NodeStomp(
          nodeJs.run(
              script,
              Map.of(
                  "PHAROS_URL",
                  address.toString(),
                  "PHAROS_TOKEN",
                  token.sign(),
                  "PHAROS_TRANSPORT",
                  transport)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void subscribe(String destination, Map<String, String> headers) {
    tell(Map.of("action", "subscribe", "destination", destination, "headers", headers));
  }

  @Override
  public void send(String destination, Map<String, String> headers, String text) {
    send(destination, headers, text.getBytes(StandardCharsets.UTF_8), false);
  }

  @Override
  public void send(String destination, Map<String, String> headers, byte[] bytes) {
    send(destination, headers, bytes, true);
  }

  private void send(String destination, Map<String, String> headers, byte[] body, boolean binary) {
    tell(
        Map.of(
            "action",
            "send",
            "destination",
            destination,
            "headers",
            headers,
            "body",
            Base64.getEncoder().encodeToString(body),
            "binary",
            binary));
  }

  @Override
  public void ack(Received message) {
    tell(Map.of("action", "ack", "message", message.header("message-id"), "headers", Map.of()));
  }

  @Override
  public void nack(Received message) {
    tell(Map.of("action", "nack", "message", message.header("message-id"), "headers", Map.of()));
  }

  /** Sends BEGIN, COMMIT or ABORT. */
  void transaction(String action, String transaction) {
    tell(Map.of("action", action, "transaction", transaction));
  }

  @Override
  public Received next() {
    Await.until(
        () -> "another line from the client; it said on the side: " + program.err(),
        Await.PATIENCE,
        () -> program.lineCount() > taken);
    Json event = Json.parse(program.lines().get(taken++));
    Map<String, String> headers = new LinkedHashMap<>();
    event.object("headers").members().forEach((name, value) -> headers.put(name, (String) value));
    return new Received(
        event.text("type"), headers, Base64.getDecoder().decode(event.text("body")));
  }

  private void tell(Map<String, Object> command) {
    try {
      program
          .in()
          .write((JSONObjectUtils.toJSONString(command) + "\n").getBytes(StandardCharsets.UTF_8));
      program.in().flush();
    } catch (IOException e) {
      throw new UncheckedIOException("the client has ended: " + program.err(), e);
    }
  }

  @Override
  public void close() {
    program.close();
  }
}
