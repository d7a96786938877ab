package io.pharos.message;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;

/** The rules that destinations and patterns share. */
final class DestinationSyntax {
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
    boolean user = value.startsWith("/user/");
    int segment = 0;
    int start = 1;
    for (int i = 1; i <= value.length(); i++) {
      if (i == value.length() || value.charAt(i) == '/') {
        checkSegment(what, value, value.substring(start, i));
        segment++;
        start = i + 1;
      } else if (!allowed(value, i, wildcards, user && segment == 1)) {
        throw PharosException.badRequest(
            what
                + " holds the character U+"
                + String.format("%04X", (int) value.charAt(i))
                + " at index "
                + i
                + ", which is not allowed");
      }
    }
    if (!Normalizer.isNormalized(value, Normalizer.Form.NFC)) {
      throw PharosException.badRequest(what + " is not in Unicode normal form C");
    }
  }

  private static void checkSegment(String what, String value, String segment) {
    if (segment.isEmpty()) {
      throw PharosException.badRequest(what + " '" + value + "' holds an empty segment");
    }
    if (segment.equals(".") || segment.equals("..")) {
      throw PharosException.badRequest(
          what + " '" + value + "' holds the segment '" + segment + "'");
    }
  }

  private static boolean allowed(String value, int index, boolean wildcards, boolean userName) {
    char c = value.charAt(index);
    if (c < 0x80) {
      return switch (c) {
        case '*' -> wildcards;
        case '%' -> userName;
        case '?', '#', '\\', '"', '<', '>', '[', ']', '{', '}', '^', '`', '|' -> false;
        default -> c > ' ' && c != 0x7f;
      };
    }
    if (Character.isHighSurrogate(c)) {
      return index + 1 < value.length() && Character.isLowSurrogate(value.charAt(index + 1));
    }
    if (Character.isLowSurrogate(c)) {
      return Character.isHighSurrogate(value.charAt(index - 1))
          && Character.isDefined(value.codePointAt(index - 1));
    }
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SPACE_SEPARATOR,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.UNASSIGNED,
          Character.PRIVATE_USE ->
          false;
      default -> true;
    };
  }
}
