package io.pharos.cli.stream;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How far the output has come: where each source goes on after a lost connection. */
public final class Bookmark {
  private final Map<String, String> cursors = new LinkedHashMap<>();

  public void moveTo(Mark mark) {
    cursors.put(mark.source(), mark.cursor());
  }

  /** Where the source goes on; null when it has not begun. */
  public @Nullable String cursor(String source) {
    return cursors.get(source);
  }

  /** All places, by their sources. */
  public Map<String, String> cursors() {
    return Collections.unmodifiableMap(cursors);
  }
}
