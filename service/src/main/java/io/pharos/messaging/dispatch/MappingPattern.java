package io.pharos.messaging.dispatch;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A mapping's name: segments between slashes, and parts between dots within them. A variable that
 * is a whole segment stands for a segment with whatever dots; one that is a part, for one part.
 */
record MappingPattern(List<List<String>> segments) {
  private static final Pattern VARIABLE = Pattern.compile("\\{[A-Za-z_][A-Za-z0-9_]*\\}");

  /**
   * @throws IllegalArgumentException with a sentence, when it is no pattern
   */
  static MappingPattern parse(String name) {
    String bare = name.startsWith("/") ? name.substring(1) : name;
    var segments = new ArrayList<List<String>>();
    var variables = new ArrayList<String>();
    for (String segment : bare.split("/", -1)) {
      List<String> parts = segment.isEmpty() ? List.of("") : List.of(segment.split("\\.", -1));
      for (String part : parts) {
        check(name, part, variables);
      }
      segments.add(parts);
    }
    return new MappingPattern(List.copyOf(segments));
  }

  private static void check(String name, String part, List<String> variables) {
    if (VARIABLE.matcher(part).matches()) {
      if (variables.contains(part)) {
        throw new IllegalArgumentException("'" + name + "' names " + part + " twice");
      }
      variables.add(part);
    } else if (part.isEmpty() || !part.chars().allMatch(MappingPattern::isPlain)) {
      throw new IllegalArgumentException(
          "'"
              + name
              + "' is no name of a handler: between dots and slashes there must be text or one"
              + " {variable}");
    }
  }

  private static boolean isPlain(int c) {
    return c > ' ' && c != 0x7f && "{}*?#\\%\"<>[]^`|".indexOf(c) < 0;
  }

  private static boolean isVariable(String part) {
    return part.startsWith("{");
  }

  private static String nameOf(String variable) {
    return variable.substring(1, variable.length() - 1);
  }

  private static boolean isWhole(List<String> segment) {
    return segment.size() == 1 && isVariable(segment.getFirst());
  }

  List<String> variables() {
    return segments.stream()
        .flatMap(List::stream)
        .filter(MappingPattern::isVariable)
        .map(MappingPattern::nameOf)
        .toList();
  }

  /** The variables' values, or null when the name, without {@code /app/}, does not fit. */
  @Nullable Map<String, String> match(String name) {
    String[] given = name.split("/", -1);
    if (given.length != segments.size()) {
      return null;
    }
    var values = new LinkedHashMap<String, String>();
    for (int i = 0; i < given.length; i++) {
      List<String> wanted = segments.get(i);
      List<String> parts = isWhole(wanted) ? List.of(given[i]) : List.of(given[i].split("\\.", -1));
      if (parts.size() != wanted.size()) {
        return null;
      }
      for (int j = 0; j < parts.size(); j++) {
        String part = parts.get(j);
        if (isVariable(wanted.get(j))) {
          if (part.isEmpty()) {
            return null;
          }
          values.put(nameOf(wanted.get(j)), part);
        } else if (!wanted.get(j).equals(part)) {
          return null;
        }
      }
    }
    return values;
  }

  /** Whether some name fits both. */
  boolean overlaps(MappingPattern other) {
    if (segments.size() != other.segments.size()) {
      return false;
    }
    for (int i = 0; i < segments.size(); i++) {
      if (!overlap(segments.get(i), other.segments.get(i))) {
        return false;
      }
    }
    return true;
  }

  private static boolean overlap(List<String> one, List<String> two) {
    if (isWhole(one) || isWhole(two)) {
      return true;
    }
    if (one.size() != two.size()) {
      return false;
    }
    for (int i = 0; i < one.size(); i++) {
      boolean same = one.get(i).equals(two.get(i));
      if (!same && !isVariable(one.get(i)) && !isVariable(two.get(i))) {
        return false;
      }
    }
    return true;
  }

  /** Whether every name that fits this one fits the other, and not the other way round. */
  boolean isMoreSpecificThan(MappingPattern other) {
    return fitsInto(other) && !other.fitsInto(this);
  }

  private boolean fitsInto(MappingPattern other) {
    if (segments.size() != other.segments.size()) {
      return false;
    }
    for (int i = 0; i < segments.size(); i++) {
      List<String> mine = segments.get(i);
      List<String> theirs = other.segments.get(i);
      if (isWhole(theirs)) {
        continue;
      }
      if (isWhole(mine) || mine.size() != theirs.size()) {
        return false;
      }
      for (int j = 0; j < mine.size(); j++) {
        boolean covered = isVariable(theirs.get(j)) || theirs.get(j).equals(mine.get(j));
        if (!covered) {
          return false;
        }
      }
    }
    return true;
  }

  @Override
  public String toString() {
    return String.join("/", segments.stream().map(parts -> String.join(".", parts)).toList());
  }
}
