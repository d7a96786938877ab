package io.pharos.cli.stream;

import io.pharos.cli.api.ServerAddress;
import io.pharos.cli.sockjs.MessageArray;
import io.pharos.cli.sockjs.SessionPath;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;

/** The requests of one SockJS session. */
final class SockJsRequests {
  private static final String BASE = "/ws";

  private final ServerAddress server;
  private final String token;
  private final SessionPath session;

  /**
   * @param token empty when there is none
   */
  SockJsRequests(ServerAddress server, String token, SessionPath session) {
    this.server = server;
    this.token = token;
    this.session = session;
  }

  /** Asks what the server offers. */
  HttpRequest info() {
    return to(BASE + "/info").GET().build();
  }

  /** Asks for what the server has to say. */
  HttpRequest receive(SockJsTransport transport) {
    return to(BASE + session.of(transport.toString())).POST(BodyPublishers.noBody()).build();
  }

  HttpRequest send(String message) {
    return to(BASE + session.of("xhr_send"))
        .header("Content-Type", "text/plain; charset=UTF-8")
        .POST(BodyPublishers.ofByteArray(MessageArray.bytes(message)))
        .build();
  }

  URI webSocket() {
    return server.webSocket(session.of(SockJsTransport.WEBSOCKET.toString()));
  }

  private HttpRequest.Builder to(String path) {
    var request = HttpRequest.newBuilder(server.resource(path));
    return token.isEmpty() ? request : request.header("Authorization", "Bearer " + token);
  }
}
