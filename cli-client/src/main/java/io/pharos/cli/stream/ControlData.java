package io.pharos.cli.stream;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.io.StringReader;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The JSON that comes with a control event. One that cannot be read tells nothing. */
record ControlData(JsonObject object) {

  static ControlData parse(String text) {
    try (var reader = Json.createReader(new StringReader(text))) {
      return new ControlData(reader.readObject());
    } catch (JsonException e) {
      return new ControlData(JsonObject.EMPTY_JSON_OBJECT);
    }
  }

  /** A text, or null when there is none of this name. */
  @Nullable String get(String name) {
    return object.get(name) instanceof JsonString text ? text.getString() : null;
  }

  /** The texts of an array; none when there is no array of this name. */
  List<String> list(String name) {
    return object.get(name) instanceof JsonArray array
        ? array.stream()
            .filter(JsonString.class::isInstance)
            .map(text -> ((JsonString) text).getString())
            .toList()
        : List.of();
  }
}
