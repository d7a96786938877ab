package io.pharos.cli;

import io.pharos.cli.failure.UnexpectedAnswerException;
import io.pharos.cli.stream.StreamEvent.Received;
import io.pharos.message.Body;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Some of a destination's retained messages.
 *
 * @param start the place before the earliest message that is retained
 * @param newest the position of the newest message that there is
 * @param complete whether nothing is missing before the first one
 */
record HistoryPage(List<Received> messages, String start, String newest, boolean complete) {

  static HistoryPage of(JsonObject page) throws IOException {
    try {
      List<Received> messages =
          page.getJsonArray("messages").getValuesAs(JsonObject.class).stream()
              .map(HistoryPage::message)
              .toList();
      return new HistoryPage(
          messages,
          page.getString("start"),
          page.getString("position"),
          page.getBoolean("complete", true));
    } catch (NullPointerException | ClassCastException | IllegalArgumentException e) {
      throw new UnexpectedAnswerException("the answer is not a history");
    }
  }

  /** The position of the page's last message, or null when it has none. */
  @Nullable String last() {
    return messages.isEmpty() ? null : messages.getLast().position();
  }

  private static Received message(JsonObject json) {
    Map<String, String> headers = new LinkedHashMap<>();
    if (json.get("headers") instanceof JsonObject all) {
      all.forEach((name, value) -> headers.put(name, ((JsonString) value).getString()));
    }
    String text = json.getString("body", null);
    Body body =
        text == null
            ? Body.wrap(Base64.getDecoder().decode(json.getString("bodyBase64")))
            : Body.of(text);
    return new Received(
        null,
        json.getString("id"),
        json.getString("destination"),
        headers.getOrDefault("event", "message"),
        json.getString("contentType", null),
        headers,
        body,
        time(json.get("timestamp")));
  }

  private static @Nullable Instant time(@Nullable JsonValue timestamp) {
    return timestamp instanceof JsonNumber millis ? Instant.ofEpochMilli(millis.longValue()) : null;
  }
}
