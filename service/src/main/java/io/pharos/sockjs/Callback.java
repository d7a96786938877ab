package io.pharos.sockjs;

import java.util.regex.Pattern;

/** The name of the function that a page gave for its frames. Nothing else may get into a script. */
record Callback(String name) {
  private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9_.-]{1,128}");

  Callback {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException("no name of a callback");
    }
  }

  static boolean isName(String text) {
    return NAME.matcher(text).matches();
  }
}
