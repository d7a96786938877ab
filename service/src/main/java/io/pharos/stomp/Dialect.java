package io.pharos.stomp;

/** In what the versions' headers differ: line ends, escapes, padding. */
enum Dialect {
  /** Before a version is agreed: the other side may be of any. */
  CONNECTING(0, true),
  STOMP_1_0(0, false),
  STOMP_1_1(3, false),
  STOMP_1_2(4, true);

  private static final String PLAIN = "\\:\n\r";
  private static final String ESCAPED = "\\cnr";

  private final int escapes;
  private final boolean carriageReturns;

  Dialect(int escapes, boolean carriageReturns) {
    this.escapes = escapes;
    this.carriageReturns = carriageReturns;
  }

  /** Whether a carriage return before the line feed belongs to the line's end, not to its value. */
  boolean carriageReturns() {
    return carriageReturns;
  }

  /** The form of frames that are not escaped in any version. */
  Dialect unescaped() {
    return this == CONNECTING ? this : STOMP_1_0;
  }

  /** Reverses {@link #appendTo}; fails on any escape that this version does not know. */
  String unescape(String text) {
    int next = text.indexOf('\\');
    if (next < 0 || escapes == 0) {
      return text;
    }
    var out = new StringBuilder(text.length());
    int from = 0;
    while (next >= 0) {
      int code = next + 1 < text.length() ? ESCAPED.indexOf(text.charAt(next + 1)) : -1;
      if (code < 0 || code >= escapes) {
        throw StompException.malformed(
            "header holds an escape that is not allowed: only "
                + (escapes == 4 ? "\\\\, \\c, \\n and \\r are" : "\\\\, \\c and \\n are"));
      }
      out.append(text, from, next).append(PLAIN.charAt(code));
      from = next + 2;
      next = text.indexOf('\\', from);
    }
    return out.append(text, from, text.length()).toString();
  }

  /** Whether this version has a spelling of the header at all. */
  boolean canExpress(String name, String value) {
    return canExpress(name) && canExpress(value) && (escapes > 0 || name.indexOf(':') < 0);
  }

  private boolean canExpress(String text) {
    return text.indexOf('\0') < 0
        && (escapes > 0 || text.indexOf('\n') < 0 && text.indexOf('\r') < 0);
  }

  /** Whether a carriage return would stand in the text as it is. */
  boolean leavesCarriageReturn(String text) {
    return escapes < 4 && text.indexOf('\r') >= 0;
  }

  /** Appends a header's name or value, escaped. */
  void appendTo(StringBuilder out, String text) {
    int from = 0;
    for (int i = 0; escapes > 0 && i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == ':' || c == '\\' || c == '\n' || c == '\r' && escapes == 4) {
        out.append(text, from, i).append('\\').append(ESCAPED.charAt(PLAIN.indexOf(c)));
        from = i + 1;
      }
    }
    out.append(text, from, text.length());
  }
}
