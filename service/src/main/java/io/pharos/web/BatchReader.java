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
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
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
    JsonArray entries = parse(decode(json));
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
        throw at(i, e);
      }
    }
    return publications;
  }

  /** Says which message of a batch is refused. */
  static PharosException at(int index, PharosException refusal) {
    return new PharosException(
        refusal.code(), "message " + index + " of the batch: " + refusal.detail(), refusal);
  }

  private static JsonArray parse(String json) {
    try (JsonParser parser = JSON.createParser(new StringReader(json))) {
      parser.next();
      if (parser.getValue() instanceof JsonArray array && isAtEnd(parser)) {
        return array;
      }
    } catch (RuntimeException e) {
      // Not only JsonException: parsers report some of their limits, such as depth, as others.
      throw new PharosException(
          PharosException.Code.BAD_REQUEST, "the body is not valid JSON, or nested too deeply", e);
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

  /**
   * The parser by itself would find out the encoding, where JSON is UTF-8 (RFC 8259, section 8.1),
   * and put U+FFFD for what it cannot read.
   */
  private static String decode(byte[] json) {
    ByteBuffer bytes = ByteBuffer.wrap(json);
    String text;
    try {
      text = StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
    } catch (CharacterCodingException e) {
      throw new PharosException(
          PharosException.Code.BAD_REQUEST,
          "the body is not UTF-8 at byte " + bytes.position() + ", counted from 0",
          e);
    }
    if (text.startsWith("\ufeff")) {
      throw PharosException.badRequest(
          "the body begins with a byte order mark: send JSON in UTF-8 without one");
    }
    return text;
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
    String text = body instanceof JsonString string ? string.getString() : body.toString();
    return Body.of(whole("the member 'body'", text));
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
      headers.put(
          whole("the name of a header", name),
          oneLine(name, whole("the header '" + name + "'", string.getString())));
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
      return whole("the member '" + key + "'", string.getString());
    }
    throw PharosException.badRequest("the member '" + key + "' must be a string");
  }

  /** An escape can name half of a surrogate pair, which no UTF-8 is for: it would become '?'. */
  private static String whole(String what, String text) {
    int c;
    for (int i = 0; i < text.length(); i += Character.charCount(c)) {
      c = text.codePointAt(i);
      if (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE) {
        throw PharosException.badRequest(what + " holds half of a surrogate pair");
      }
    }
    return text;
  }

  private static List<String> sortedKeys() {
    return KEYS.stream().sorted().toList();
  }
}
