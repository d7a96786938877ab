package io.pharos.message;

import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a publisher says about a message, in the order given: at most {@value #MAX_COUNT} names of 1
 * to {@value #MAX_NAME} visible ASCII characters without {@code :} and {@code \}, values of at most
 * {@value #MAX_VALUE} bytes without control characters. Names are case sensitive. The names that
 * the protocols and Pharos itself use cannot be set. A dead letter has up to four more, whose names
 * start with {@value #DEAD_LETTER}.
 */
public record Headers(Map<String, String> values) {
  public static final int MAX_COUNT = 32;
  public static final int MAX_NAME = 64;
  public static final int MAX_VALUE = 1024;
  public static final Headers NONE = new Headers(Map.of());

  /** Names the event on an event stream. */
  public static final String EVENT = "event";

  /**
   * Says what a message is about: where it is configured, a newer one of the same key replaces it.
   */
  public static final String KEY = "pharos-key";

  /** Begins the names of the headers that say why a message became a dead letter. */
  public static final String DEAD_LETTER = "dead-letter-";

  private static final int MAX_DEAD_LETTER = 4;
  private static final Set<String> RESERVED =
      Set.of(
          "destination",
          "message-id",
          "subscription",
          "ack",
          "position",
          "content-type",
          "content-length",
          "receipt",
          "receipt-id",
          "transaction",
          "redelivered",
          "delivery-count",
          "timestamp",
          "pharos-event");
  private static final Set<String> RESERVED_EVENTS =
      Set.of("connected", "gap", "expired", "error", "open");

  public Headers {
    long deadLetter = values.keySet().stream().filter(n -> n.startsWith(DEAD_LETTER)).count();
    if (values.size() - Math.min(deadLetter, MAX_DEAD_LETTER) > MAX_COUNT) {
      throw PharosException.badRequest("more than " + MAX_COUNT + " headers");
    }
    values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    values.forEach(Headers::check);
  }

  public @Nullable String get(String name) {
    return values.get(name);
  }

  private static void check(String name, String value) {
    boolean visible = name.chars().allMatch(c -> c > ' ' && c < 0x7f && c != ':' && c != '\\');
    if (name.isEmpty() || name.length() > MAX_NAME || !visible) {
      throw PharosException.badRequest(
          "header name must be 1 to "
              + MAX_NAME
              + " visible ASCII characters without ':' and '\\'");
    }
    if (RESERVED.contains(name)) {
      throw PharosException.badRequest("header '" + name + "' is set by the server alone");
    }
    if (value.length() > MAX_VALUE || value.getBytes(StandardCharsets.UTF_8).length > MAX_VALUE) {
      throw PharosException.badRequest(
          "header '" + name + "' is longer than " + MAX_VALUE + " bytes");
    }
    for (int i = 0; i < value.length(); i++) {
      if (Character.isISOControl(value.charAt(i)) || loneSurrogate(value, i)) {
        throw PharosException.badRequest(
            "header '" + name + "' holds a control character, which is not allowed");
      }
    }
    if (name.equals(EVENT) && (value.isEmpty() || RESERVED_EVENTS.contains(value))) {
      throw PharosException.badRequest("event name '" + value + "' is reserved");
    }
  }

  private static boolean loneSurrogate(String value, int i) {
    char c = value.charAt(i);
    return Character.isHighSurrogate(c)
            && !(i + 1 < value.length() && Character.isLowSurrogate(value.charAt(i + 1)))
        || Character.isLowSurrogate(c)
            && !(i > 0 && Character.isHighSurrogate(value.charAt(i - 1)));
  }
}
