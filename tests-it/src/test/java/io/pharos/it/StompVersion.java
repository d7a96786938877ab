package io.pharos.it;

/** The versions of STOMP, and what they do to headers. */
enum StompVersion {
  V1_0("1.0", "v10.stomp"),
  V1_1("1.1", "v11.stomp"),
  V1_2("1.2", "v12.stomp");

  private final String number;
  private final String subprotocol;

  StompVersion(String number, String subprotocol) {
    this.number = number;
    this.subprotocol = subprotocol;
  }

  String number() {
    return number;
  }

  String subprotocol() {
    return subprotocol;
  }

  String escape(String text) {
    if (this == V1_0) {
      return text;
    }
    String escaped = text.replace("\\", "\\\\").replace(":", "\\c").replace("\n", "\\n");
    return this == V1_2 ? escaped.replace("\r", "\\r") : escaped;
  }

  String unescape(String text) {
    if (this == V1_0 || text.indexOf('\\') < 0) {
      return text;
    }
    var out = new StringBuilder();
    boolean escape = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (!escape && c == '\\') {
        escape = true;
        continue;
      }
      out.append(escape ? meaning(c) : c);
      escape = false;
    }
    return out.toString();
  }

  private static char meaning(char code) {
    return switch (code) {
      case '\\' -> '\\';
      case 'c' -> ':';
      case 'n' -> '\n';
      case 'r' -> '\r';
      default -> throw new AssertionError("an escape that nobody knows: \\" + code);
    };
  }
}
