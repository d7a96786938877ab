package io.pharos.web;

import static io.pharos.web.JsonLookup.JSON;

import io.pharos.message.Body;
import io.pharos.message.Destination;
import io.pharos.message.Headers;
import io.pharos.message.PharosException;
import io.pharos.message.Publication;
import jakarta.json.JsonArray;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import jakarta.json.stream.JsonParser;
import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads a batch: a JSON array of {@code {"destination", "body" or "bodyBase64", "contentType",
 * "headers", "idempotencyKey"}}. A body that is a JSON string is its text; any other JSON value is
 * sent as JSON, with that content type unless another is named. Whatever is wrong is reported with
 * its place in the array.
 */
final class BatchReader {
  private static final Set<String> KEYS =
      Set.of("destination", "body", "bodyBase64", "contentType", "headers", "idempotencyKey");

  private BatchReader() {}

  static List<Publication> read(byte[] json, int most) {
    JsonArray entries = parse(json);
    if (entries.size() > most) {
      throw new PharosException(
          PharosException.Code.TOO_LARGE,
          "the batch has " + entries.size() + " messages; allowed are " + most);
    }
    var publications = new ArrayList<Publication>(entries.size());
    for (int i = 0; i < entries.size(); i++) {
      try {
        publications.add(publication(entries.get(i)));
      } catch (PharosException e) {
        throw new PharosException(e.code(), "message " + i + " of the batch: " + e.detail(), e);
      }
    }
    return publications;
  }

  private static JsonArray parse(byte[] json) {
    try (JsonParser parser = JSON.createParser(new ByteArrayInputStream(json))) {
      parser.next();
      if (parser.getValue() instanceof JsonArray array && isAtEnd(parser)) {
        return array;
      }
    } catch (RuntimeException e) {
      // Not only JsonException: parsers report some of their limits, such as depth, as others.
      throw new PharosException(
          PharosException.Code.BAD_REQUEST,
          "the body is not valid JSON in UTF-8, or nested too deeply",
          e);
    }
    throw PharosException.badRequest("a batch must be one JSON array and nothing after it");
  }

  private static boolean isAtEnd(JsonParser parser) {
    try {
      return !parser.hasNext();
    } catch (JsonException e) {
      return false;
    }
  }

  private static Publication publication(JsonValue value) {
    if (!(value instanceof JsonObject entry)) {
      throw PharosException.badRequest("it must be a JSON object");
    }
    for (String key : entry.keySet()) {
      if (!KEYS.contains(key)) {
        throw PharosException.badRequest(
            "the member '" + key + "' is unknown; allowed are " + sortedKeys());
      }
    }
    String destination = text(entry, "destination");
    if (destination == null) {
      throw PharosException.badRequest("the member 'destination' is required");
    }
    JsonValue body = entry.get("body");
    String contentType = text(entry, "contentType");
    boolean json = body != null && !(body instanceof JsonString);
    return new Publication(
        Destination.of(destination),
        body(body, text(entry, "bodyBase64")),
        json && contentType == null ? "application/json" : contentType,
        headers(entry.get("headers")),
        text(entry, "idempotencyKey"));
  }

  private static Body body(@Nullable JsonValue body, @Nullable String base64) {
    if (body != null && base64 != null) {
      throw PharosException.badRequest("it has both 'body' and 'bodyBase64'");
    }
    if (base64 != null) {
      try {
        return Body.wrap(Base64.getDecoder().decode(base64));
      } catch (IllegalArgumentException e) {
        throw new PharosException(
            PharosException.Code.BAD_REQUEST, "the member 'bodyBase64' is not valid base64", e);
      }
    }
    if (body == null) {
      return Body.EMPTY;
    }
    return Body.of(body instanceof JsonString string ? string.getString() : body.toString());
  }

  private static Headers headers(@Nullable JsonValue value) {
    if (value == null) {
      return Headers.NONE;
    }
    if (!(value instanceof JsonObject object)) {
      throw PharosException.badRequest("the member 'headers' must be an object of strings");
    }
    Map<String, String> headers = new LinkedHashMap<>();
    for (String name : object.keySet()) {
      if (!(object.get(name) instanceof JsonString string)) {
        throw PharosException.badRequest("the header '" + name + "' must be a string");
      }
      headers.put(name, oneLine(name, string.getString()));
    }
    return new Headers(headers);
  }

  /** As headers of HTTP are: a line end here is a mistake, or an attempt to smuggle one in. */
  private static String oneLine(String name, String value) {
    if (value.chars().anyMatch(Character::isISOControl)) {
      throw PharosException.badRequest("the header '" + name + "' holds a control character");
    }
    return value;
  }

  private static @Nullable String text(JsonObject entry, String key) {
    JsonValue value = entry.get(key);
    if (value == null || value.getValueType() == JsonValue.ValueType.NULL) {
      return null;
    }
    if (value instanceof JsonString string) {
      return string.getString();
    }
    throw PharosException.badRequest("the member '" + key + "' must be a string");
  }

  private static List<String> sortedKeys() {
    return KEYS.stream().sorted().toList();
  }
}
