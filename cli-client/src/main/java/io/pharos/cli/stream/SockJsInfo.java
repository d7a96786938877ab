package io.pharos.cli.stream;

import io.pharos.cli.api.Answers;
import io.pharos.cli.api.HttpTransport;
import io.pharos.cli.failure.NotOfferedException;
import io.pharos.cli.failure.UnexpectedAnswerException;
import jakarta.json.Json;
import jakarta.json.JsonException;
import java.io.IOException;
import java.io.StringReader;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/**
 * What a server says about its SockJS.
 *
 * @param webSocket whether sessions may be carried by a WebSocket
 */
record SockJsInfo(boolean webSocket) {

  /**
   * Asks.
   *
   * @throws NotOfferedException when the server has no SockJS
   */
  static SockJsInfo ask(HttpTransport http, SockJsRequests requests, Duration patience)
      throws IOException, InterruptedException {
    HttpResponse<String> answer = http.send(requests.info(), BodyHandlers.ofString(), patience);
    return switch (answer.statusCode()) {
      case 200 -> parse(answer.body());
      // 426 is what Pharos answers where SockJS is switched off.
      case 404, 426 ->
          throw new NotOfferedException(
              "does not offer SockJS: it answered " + answer.statusCode() + " to /ws/info",
              "Check the address, context root included, or use --transport sse or stomp.");
      default -> throw Answers.refusal(answer.statusCode(), answer.headers(), answer.body());
    };
  }

  private static SockJsInfo parse(String body) throws IOException {
    try (var reader = Json.createReader(new StringReader(body))) {
      return new SockJsInfo(reader.readObject().getBoolean("websocket"));
    } catch (JsonException | ClassCastException | NullPointerException e) {
      throw new UnexpectedAnswerException("the answer of /ws/info is not SockJS's");
    }
  }
}
