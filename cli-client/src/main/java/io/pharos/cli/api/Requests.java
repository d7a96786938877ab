package io.pharos.cli.api;

import io.pharos.cli.failure.UnexpectedAnswerException;
import jakarta.json.JsonObject;
import jakarta.json.JsonStructure;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;

/** Requests to one server, with what it takes to log in, and their answers as JSON. */
record Requests(Login login, HttpTransport http) {

  URI resource(String path, String... query) {
    return login.server().resource(path, query);
  }

  HttpRequest.Builder to(URI resource) {
    var request = HttpRequest.newBuilder(resource).header("Accept", "application/json");
    String token = login.tokens().token();
    if (token != null) {
      request.header("Authorization", "Bearer " + token);
    }
    return request;
  }

  JsonStructure send(HttpRequest request) throws IOException, InterruptedException {
    return Answers.json(http.send(request, BodyHandlers.ofString()));
  }

  JsonObject sendForObject(HttpRequest request) throws IOException, InterruptedException {
    return object(send(request));
  }

  static JsonObject object(JsonStructure answer) throws IOException {
    if (answer instanceof JsonObject object) {
      return object;
    }
    throw new UnexpectedAnswerException("the answer is not a JSON object");
  }
}
