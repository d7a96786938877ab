package io.pharos.message;

import java.util.List;

/**
 * A set of destinations: {@code *} stands for exactly one segment, a last {@code **} for one or
 * more. Matching is linear in the number of segments; a wildcard is a whole segment. A pattern
 * without wildcards is one destination.
 */
public record DestinationPattern(String value) {

  public DestinationPattern {
    DestinationSyntax.check("pattern", value, true);
    List<String> segments = segmentsOf(value);
    for (int i = 0; i < segments.size(); i++) {
      String segment = segments.get(i);
      boolean rest = segment.equals("**") && i == segments.size() - 1;
      if (segment.contains("*") && !segment.equals("*") && !rest) {
        throw PharosException.badRequest(
            "pattern '"
                + value
                + "' is not allowed: '*' stands for one whole segment, '**' for the last ones");
      }
    }
  }

  public static DestinationPattern of(Destination destination) {
    return new DestinationPattern(destination.value());
  }

  /** Whether this is one destination. */
  public boolean isLiteral() {
    return value.indexOf('*') < 0;
  }

  public boolean matches(Destination destination) {
    return implies(destination.value());
  }

  /**
   * Whether everything that {@code other} matches is matched by this one: a right to this is a
   * right to that.
   */
  public boolean implies(DestinationPattern other) {
    return implies(other.value);
  }

  private boolean implies(String other) {
    int i = 1;
    int j = 1;
    while (true) {
      int endI = end(value, i);
      int endJ = end(other, j);
      int length = endI - i;
      if (length == 2 && value.startsWith("**", i)) {
        return true;
      }
      boolean rest = endJ - j == 2 && other.startsWith("**", j);
      boolean one = length == 1 && value.charAt(i) == '*';
      if (rest || !one && (length != endJ - j || !value.regionMatches(i, other, j, length))) {
        return false;
      }
      boolean doneI = endI == value.length();
      boolean doneJ = endJ == other.length();
      if (doneI || doneJ) {
        return doneI && doneJ;
      }
      i = endI + 1;
      j = endJ + 1;
    }
  }

  @Override
  public String toString() {
    return value;
  }

  private static int end(String path, int from) {
    int slash = path.indexOf('/', from);
    return slash < 0 ? path.length() : slash;
  }

  private static List<String> segmentsOf(String value) {
    return List.of(value.substring(1).split("/", -1));
  }
}
