package io.pharos.message;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;

/** The rules that destinations and patterns share. */
final class DestinationSyntax {
  /**
   * What decoders put for bytes that are not UTF-8: two such destinations that differ would become
   * one.
   */
  private static final int REPLACEMENT = 0xFFFD;

  private DestinationSyntax() {}

  static void check(String what, String value, boolean wildcards) {
    if (value.isEmpty() || value.charAt(0) != '/') {
      throw PharosException.badRequest(what + " must start with '/'");
    }
    if (value.length() > Destination.MAX_BYTES
        || value.getBytes(StandardCharsets.UTF_8).length > Destination.MAX_BYTES) {
      throw PharosException.badRequest(
          what + " is longer than " + Destination.MAX_BYTES + " bytes");
    }
    checkCharacters(what, value, wildcards);
    checkSegments(what, value);
    if (!Normalizer.isNormalized(value, Normalizer.Form.NFC)) {
      throw PharosException.badRequest(what + " is not in Unicode normal form C");
    }
  }

  private static void checkCharacters(String what, String value, boolean wildcards) {
    boolean user = value.startsWith("/user/");
    int segment = 0;
    for (int i = 1; i < value.length(); i = value.offsetByCodePoints(i, 1)) {
      int c = value.codePointAt(i);
      if (c == '/') {
        segment++;
      } else if (!allowed(c, wildcards, user && segment == 1)) {
        throw PharosException.badRequest(
            what
                + " holds the character U+"
                + String.format("%04X", c)
                + " at index "
                + i
                + ", which is not allowed");
      }
    }
  }

  /** Quotes the value, which is why its characters are checked before. */
  private static void checkSegments(String what, String value) {
    for (String segment : value.substring(1).split("/", -1)) {
      if (segment.isEmpty()) {
        throw PharosException.badRequest(what + " '" + value + "' holds an empty segment");
      }
      if (segment.equals(".") || segment.equals("..")) {
        throw PharosException.badRequest(
            what + " '" + value + "' holds the segment '" + segment + "'");
      }
    }
  }

  private static boolean allowed(int c, boolean wildcards, boolean userName) {
    if (c < 0x80) {
      return switch (c) {
        case '*' -> wildcards;
        case '%' -> userName;
        case '?', '#', '\\', '"', '<', '>', '[', ']', '{', '}', '^', '`', '|' -> false;
        default -> c > ' ' && c != 0x7f;
      };
    }
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SPACE_SEPARATOR,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE,
          Character.UNASSIGNED,
          Character.PRIVATE_USE ->
          false;
      default -> c != REPLACEMENT;
    };
  }
}
