package io.pharos.cli.api;

import io.pharos.cli.failure.ServerRefusedException;
import io.pharos.cli.failure.UnexpectedAnswerException;
import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonStructure;
import java.io.IOException;
import java.io.StringReader;
import java.net.http.HttpHeaders;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Reads what the server answered: JSON, or a refusal. */
public final class Answers {
  private static final int MAX_DETAIL = 500;

  private Answers() {}

  /**
   * The JSON of a success.
   *
   * @throws ServerRefusedException when the status is not 2xx
   * @throws IOException when the answer is not JSON
   */
  static JsonStructure json(HttpResponse<String> response) throws IOException {
    if (response.statusCode() / 100 != 2) {
      throw refusal(response.statusCode(), response.headers(), response.body());
    }
    return parse(response.body());
  }

  static JsonStructure parse(String body) throws IOException {
    try (var reader = Json.createReader(new StringReader(body))) {
      return reader.read();
    } catch (JsonException e) {
      throw new UnexpectedAnswerException("the answer is not JSON");
    }
  }

  /** What a status that is no success means: the problem document's sentence where there is one. */
  public static ServerRefusedException refusal(int status, HttpHeaders headers, String body) {
    if (status / 100 == 3) {
      String target = headers.firstValue("Location").orElse("another address");
      return new ServerRefusedException(
          status, "redirected to " + target + "; name that server instead", null);
    }
    String problem = problem(body);
    return problem.isEmpty()
        ? new ServerRefusedException(status, firstLine(status, body), retryAfter(headers))
        : new ServerRefusedException(status, problem, retryAfter(headers), true);
  }

  /** Its sentence, or empty when it is no problem document: something in between answered. */
  private static String problem(String body) {
    try (var reader = Json.createReader(new StringReader(body))) {
      JsonObject problem = reader.readObject();
      return problem.getString("detail", problem.getString("title", ""));
    } catch (JsonException | ClassCastException e) {
      return "";
    }
  }

  private static String firstLine(int status, String body) {
    boolean text = !body.isBlank() && !body.stripLeading().startsWith("<");
    String first = text ? body.strip().lines().findFirst().orElse("") : "";
    return first.isEmpty()
        ? "HTTP status " + status
        : first.substring(0, Math.min(MAX_DETAIL, first.length()));
  }

  private static @Nullable Duration retryAfter(HttpHeaders headers) {
    String value = headers.firstValue("Retry-After").orElse("");
    return value.matches("[0-9]{1,5}") ? Duration.ofSeconds(Long.parseLong(value)) : null;
  }
}
