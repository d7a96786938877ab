package io.pharos.message;

import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a publisher says about a message, in the order given: at most {@value #MAX_COUNT} names of 1
 * to {@value #MAX_NAME} bytes that neither begin nor end with white space, values of at most
 * {@value #MAX_VALUE} bytes. Control characters are not allowed, but for line feeds and carriage
 * returns in values, which STOMP writes as {@code \n} and {@code \r} (STOMP 1.2, "Value Encoding");
 * those of {@value #EVENT} and {@value #KEY} are one line. Names are case sensitive. The names that
 * the protocols and Pharos itself use cannot be set. A dead letter has up to four more, whose names
 * start with {@value #DEAD_LETTER}.
 */
public record Headers(Map<String, String> values) {
  public static final int MAX_COUNT = 32;
  public static final int MAX_NAME = 128;
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

  /** The control characters that protocols have a spelling for. */
  private static final String LINE_ENDS = "\r\n";

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

  /**
   * Whether a name belongs to the protocols or to Pharos itself, so that no publisher can set it.
   */
  public static boolean isReserved(String name) {
    return RESERVED.contains(name);
  }

  private static void check(String name, String value) {
    if (name.isEmpty() || isLonger(name, MAX_NAME) || !isText(name, "") || isPadded(name)) {
      throw PharosException.badRequest(
          "header name must be 1 to "
              + MAX_NAME
              + " bytes without control characters, and without white space at its ends");
    }
    if (RESERVED.contains(name)) {
      throw PharosException.badRequest("header '" + name + "' is set by the server alone");
    }
    if (isLonger(value, MAX_VALUE)) {
      throw PharosException.badRequest(
          "header '" + name + "' is longer than " + MAX_VALUE + " bytes");
    }
    boolean oneLine = name.equals(EVENT) || name.equals(KEY);
    if (!isText(value, oneLine ? "" : LINE_ENDS)) {
      throw PharosException.badRequest(
          "header '" + name + "' holds a control character that is not allowed");
    }
    if (name.equals(EVENT) && RESERVED_EVENTS.contains(value)) {
      throw PharosException.badRequest("event name '" + value + "' is reserved");
    }
  }

  private static boolean isLonger(String text, int bytes) {
    return text.length() > bytes || text.getBytes(StandardCharsets.UTF_8).length > bytes;
  }

  /** Many clients trim names: a padded one could pass for one that only the server sets. */
  private static boolean isPadded(String name) {
    return isBlank(name.charAt(0)) || isBlank(name.charAt(name.length() - 1));
  }

  private static boolean isBlank(char c) {
    return Character.isWhitespace(c) || Character.isSpaceChar(c) || c == '\ufeff';
  }

  private static boolean isText(String text, String allowedControls) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isISOControl(c) && allowedControls.indexOf(c) < 0 || loneSurrogate(text, i)) {
        return false;
      }
    }
    return true;
  }

  private static boolean loneSurrogate(String value, int i) {
    char c = value.charAt(i);
    return Character.isHighSurrogate(c)
            && !(i + 1 < value.length() && Character.isLowSurrogate(value.charAt(i + 1)))
        || Character.isLowSurrogate(c)
            && !(i > 0 && Character.isHighSurrogate(value.charAt(i - 1)));
  }
}
