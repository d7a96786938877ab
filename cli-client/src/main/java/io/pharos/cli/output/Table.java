package io.pharos.cli.output;

import io.pharos.cli.terminal.Console;
import io.pharos.cli.terminal.Visible;
import jakarta.json.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * A list of objects: columns under their titles for a person, one object a line with JSON. Control
 * characters become visible, line ends included.
 */
public final class Table {
  private static final String BETWEEN = "  ";

  private final Map<String, Function<JsonObject, String>> columns = new LinkedHashMap<>();

  /** Adds a column with what it shows of an object. */
  public Table column(String title, Function<JsonObject, String> text) {
    columns.put(title, text);
    return this;
  }

  /** Writes all objects, in their order; only the titles when there are none. */
  public void print(List<JsonObject> objects, Console console) {
    if (console.isJson()) {
      objects.forEach(console::line);
      return;
    }
    var lines = new ArrayList<List<String>>();
    lines.add(List.copyOf(columns.keySet()));
    objects.forEach(object -> lines.add(cells(object)));
    int[] widths = widths(lines);
    for (int i = 0; i < lines.size(); i++) {
      String line = line(lines.get(i), widths);
      console.line(i == 0 ? console.dim(line) : line);
    }
  }

  private List<String> cells(JsonObject object) {
    return columns.values().stream()
        .map(text -> Visible.of(text.apply(object)).replace('\n', '␊').replace('\t', '␉'))
        .toList();
  }

  private static int[] widths(List<List<String>> lines) {
    int[] widths = new int[lines.getFirst().size()];
    for (List<String> line : lines) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], length(line.get(i)));
      }
    }
    return widths;
  }

  private static String line(List<String> cells, int[] widths) {
    var line = new StringBuilder();
    for (int i = 0; i < widths.length; i++) {
      line.append(cells.get(i));
      if (i < widths.length - 1) {
        line.append(" ".repeat(widths[i] - length(cells.get(i)))).append(BETWEEN);
      }
    }
    return line.toString();
  }

  private static int length(String text) {
    return text.codePointCount(0, text.length());
  }
}
