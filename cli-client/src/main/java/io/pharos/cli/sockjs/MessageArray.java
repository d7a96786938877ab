package io.pharos.cli.sockjs;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** What a client sends: a JSON array with one message in it. */
public final class MessageArray {
  private static final HexFormat HEX = HexFormat.of();

  private MessageArray() {}

  /** As text, for a WebSocket. All control characters are escaped. */
  public static String of(String message) {
    var json = new StringBuilder(message.length() + 32).append("[\"");
    for (int i = 0; i < message.length(); i++) {
      char c = message.charAt(i);
      switch (c) {
        case '"' -> json.append("\\\"");
        case '\\' -> json.append("\\\\");
        case '\n' -> json.append("\\n");
        default -> {
          if (c < ' ') {
            json.append("\\u").append(HEX.toHexDigits(c));
          } else {
            json.append(c);
          }
        }
      }
    }
    return json.append("\"]").toString();
  }

  /** As UTF-8, for {@code xhr_send}. */
  public static byte[] bytes(String message) {
    return of(message).getBytes(StandardCharsets.UTF_8);
  }
}
