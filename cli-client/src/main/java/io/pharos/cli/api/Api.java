package io.pharos.cli.api;

import io.pharos.cli.failure.ServerRefusedException;
import io.pharos.cli.failure.UnexpectedAnswerException;
import io.pharos.message.Publication;
import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.stream.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The server's resources.
 *
 * <p>Each call throws {@link ServerRefusedException} for a status that is no success, and another
 * IOException when there is no connection or no sensible answer.
 */
public final class Api {
  private final Login login;
  private final HttpTransport http;
  private final Requests requests;

  public Api(Login login, HttpTransport http) {
    this.login = login;
    this.http = http;
    this.requests = new Requests(login, http);
  }

  /** Publishes one message; answers {@code {"id","destination"}}. */
  public JsonObject publish(Publication message) throws IOException, InterruptedException {
    if (!fitsHttpHeaders(message)) {
      return publishAll(List.of(message)).getJsonObject(0);
    }
    var request =
        requests
            .to(
                login
                    .server()
                    .resource("/api/messages", "destination", message.destination().value()))
            .POST(BodyPublishers.ofByteArray(message.body().bytes()));
    String key = message.idempotencyKey();
    if (key != null) {
      request.header("Idempotency-Key", key);
    }
    String contentType = message.contentType();
    if (contentType != null) {
      request.header("Content-Type", contentType);
    }
    message
        .headers()
        .values()
        .forEach((name, value) -> request.header("Pharos-Header-" + name, value));
    return Requests.object(requests.send(request.build()));
  }

  /** Publishes in one round trip; answers with one {@code {"id","destination"}} each, in order. */
  public JsonArray publishAll(List<Publication> messages) throws IOException, InterruptedException {
    var request =
        requests
            .to(login.server().resource("/api/messages/batch"))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(batch(messages)));
    if (requests.send(request.build()) instanceof JsonArray ids && ids.size() == messages.size()) {
      return ids;
    }
    throw new UnexpectedAnswerException(
        "the answer does not name the " + messages.size() + " messages sent");
  }

  /**
   * Retained messages and the bounds of what is retained.
   *
   * @param after a position, or null for the beginning
   */
  public JsonObject history(String destination, @Nullable String after, int limit)
      throws IOException, InterruptedException {
    String count = Integer.toString(limit);
    URI resource =
        after == null
            ? login.server().resource("/api/history", "destination", destination, "limit", count)
            : login
                .server()
                .resource(
                    "/api/history", "destination", destination, "after", after, "limit", count);
    return Requests.object(requests.send(requests.to(resource).GET().build()));
  }

  /** A health resource's document, whether it says UP or DOWN. */
  public JsonObject health(String path) throws IOException, InterruptedException {
    HttpResponse<String> answer = getAnonymously(login.server().resource(path));
    if (answer.statusCode() == 404) {
      // Health belongs to the server, which may have given Pharos a context root of its own.
      answer = getAnonymously(login.server().rootResource(path));
    }
    return answer.statusCode() == 503
        ? Requests.object(Answers.parse(answer.body()))
        : Requests.object(Answers.json(answer));
  }

  /**
   * Checks that Pharos is where it is looked for. Health does not tell: the server has it also
   * where Pharos has another context root.
   *
   * @throws ServerRefusedException with the status 404 when it is not
   */
  public void find() throws IOException, InterruptedException {
    HttpResponse<String> answer = getAnonymously(login.server().resource("/api/nodes"));
    if (answer.statusCode() == 404) {
      throw Answers.refusal(404, answer.headers(), answer.body());
    }
  }

  private HttpResponse<String> getAnonymously(URI resource)
      throws IOException, InterruptedException {
    return http.send(
        HttpRequest.newBuilder(resource).header("Accept", "application/json").GET().build(),
        BodyHandlers.ofString());
  }

  /** Whether HTTP keeps the headers as they are: names in lower case, values in ASCII. */
  private static boolean fitsHttpHeaders(Publication message) {
    return message.headers().values().entrySet().stream()
        .allMatch(
            header ->
                header.getKey().matches("[a-z0-9_-]+")
                    && header.getValue().chars().allMatch(c -> c >= ' ' && c < 0x7f)
                    && header.getValue().equals(header.getValue().strip()));
  }

  private static String batch(List<Publication> messages) {
    var text = new StringWriter(256 * messages.size());
    try (var json = Json.createGenerator(text)) {
      json.writeStartArray();
      messages.forEach(message -> write(json, message));
      json.writeEnd();
    }
    return text.toString();
  }

  private static void write(JsonGenerator json, Publication message) {
    json.writeStartObject();
    json.write("destination", message.destination().value());
    String body = message.body().textOrNull();
    if (body != null) {
      json.write("body", body);
    } else {
      json.write("bodyBase64", Base64.getEncoder().encodeToString(message.body().bytes()));
    }
    String contentType = message.contentType();
    if (contentType != null) {
      json.write("contentType", contentType);
    }
    if (!message.headers().values().isEmpty()) {
      json.writeStartObject("headers");
      message.headers().values().forEach(json::write);
      json.writeEnd();
    }
    String key = message.idempotencyKey();
    if (key != null) {
      json.write("idempotencyKey", key);
    }
    json.writeEnd();
  }
}
