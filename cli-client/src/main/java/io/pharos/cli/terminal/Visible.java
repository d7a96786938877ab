package io.pharos.cli.terminal;

/**
 * Text from elsewhere on its way to a terminal, which would obey its control characters: all but
 * line end and tab become visible, in the form of the control pictures U+2400 to U+2421.
 */
public final class Visible {
  private Visible() {}

  public static String of(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (isHarmful(text.charAt(i))) {
        return replaced(text);
      }
    }
    return text;
  }

  private static String replaced(String text) {
    var safe = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (!isHarmful(c)) {
        safe.append(c);
      } else if (c < ' ') {
        safe.append((char) ('\u2400' + c));
      } else {
        safe.append(c == 0x7f ? '\u2421' : '\ufffd');
      }
    }
    return safe.toString();
  }

  private static boolean isHarmful(char c) {
    return Character.isISOControl(c) && c != '\n' && c != '\t';
  }
}
