package io.pharos.it;

import com.nimbusds.jose.util.JSONArrayUtils;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** The REST interface, called as one user. */
record Rest(URI server, String token) {
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  static Rest of(URI server, Token token) {
    return new Rest(server, token.sign());
  }

  /** The address of a publication to a destination. */
  static String messages(String destination) {
    return "/api/messages?destination=" + encoded(destination);
  }

  static String history(String destination) {
    return "/api/history?destination=" + encoded(destination);
  }

  /** Publishes; must succeed. The message's id. */
  String publish(String destination, String body, String... headers) {
    HttpResponse<String> answer = post(messages(destination), body, headers);
    if (answer.statusCode() != 201) {
      throw new AssertionError("publishing was refused: " + answer.body());
    }
    return json(answer).text("id");
  }

  /** Publishes all in one call; must succeed. */
  void publishAll(String destination, List<String> bodies) {
    publishBatch(
        bodies.stream()
            .<Map<String, ?>>map(body -> Map.of("destination", destination, "body", body))
            .toList());
  }

  /** Publishes all in one call, each given by its members; must succeed. */
  void publishBatch(List<Map<String, ?>> batch) {
    HttpResponse<String> answer =
        post(
            "/api/messages/batch",
            JSONArrayUtils.toJSONString(batch),
            "Content-Type",
            "application/json");
    if (answer.statusCode() != 201) {
      throw new AssertionError("publishing was refused: " + answer.body());
    }
  }

  HttpResponse<String> post(String target, String body, String... headers) {
    return send(
        HttpRequest.newBuilder(server.resolve(target)).POST(BodyPublishers.ofString(body)),
        headers);
  }

  HttpResponse<String> get(String target, String... headers) {
    return send(HttpRequest.newBuilder(server.resolve(target)), headers);
  }

  HttpResponse<String> method(String method, String target, String... headers) {
    return send(
        HttpRequest.newBuilder(server.resolve(target)).method(method, BodyPublishers.noBody()),
        headers);
  }

  private HttpResponse<String> send(HttpRequest.Builder request, String... headers) {
    if (!token.isEmpty()) {
      request.header("Authorization", "Bearer " + token);
    }
    if (headers.length > 0) {
      request.headers(headers);
    }
    try {
      return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new AssertionError("the call failed", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }

  static Json json(HttpResponse<String> answer) {
    return Json.parse(answer.body());
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
