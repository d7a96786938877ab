package io.pharos.sockjs;

import java.util.List;

/** What the server says to a client: open, heart-beat, messages, close. */
record Frame(String text) {
  static final Frame OPEN = new Frame("o");
  static final Frame HEARTBEAT = new Frame("h");

  static Frame messages(List<String> messages) {
    var json = new JsonText("a[");
    for (int i = 0; i < messages.size(); i++) {
      if (i > 0) {
        json.raw(',');
      }
      json.string(messages.get(i));
    }
    return new Frame(json.raw(']').toString());
  }

  static Frame close(CloseStatus status) {
    return new Frame(
        new JsonText("c[" + status.code() + ",").string(status.reason()).raw(']').toString());
  }

  /** Whether nothing follows it on its exchange. */
  boolean isClose() {
    return text.charAt(0) == 'c';
  }
}
