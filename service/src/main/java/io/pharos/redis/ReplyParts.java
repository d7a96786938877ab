package io.pharos.redis;

import java.util.ArrayList;
import java.util.List;

/** Cuts an answer into messages that Redis and other nodes bear. */
final class ReplyParts {
  /** Where a part ends, in bytes; a single row may go beyond it. */
  private static final int ENOUGH = 64 * 1024;

  /** Texts of one row: whatever is more is cut off. */
  private static final int MOST_TEXTS = 1_000;

  private final String id;
  private final String from;
  private final List<ControlMessage.Reply> parts = new ArrayList<>();
  private List<List<String>> rows = new ArrayList<>();
  private int bytes;

  private ReplyParts(String id, String from) {
    this.id = id;
    this.from = from;
  }

  /** At least one part, also of an empty answer. */
  static List<ControlMessage.Reply> of(String id, String from, List<List<String>> rows) {
    var parts = new ReplyParts(id, from);
    rows.forEach(row -> parts.add(row.subList(0, Math.min(row.size(), MOST_TEXTS))));
    parts.end(true);
    return parts.parts;
  }

  private void add(List<String> row) {
    if (bytes > ENOUGH) {
      end(false);
    }
    rows.add(row);
    row.forEach(text -> bytes += 2 + 3 * text.length());
  }

  private void end(boolean last) {
    parts.add(new ControlMessage.Reply(id, from, parts.size(), last, rows));
    rows = new ArrayList<>();
    bytes = 0;
  }
}
