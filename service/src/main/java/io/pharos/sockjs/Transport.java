package io.pharos.sockjs;

import org.jspecify.annotations.Nullable;

/** What may stand at the end of a session's address. */
enum Transport {
  WEBSOCKET("websocket", "GET"),
  XHR("xhr", "POST"),
  XHR_SEND("xhr_send", "POST"),
  XHR_STREAMING("xhr_streaming", "POST"),
  EVENTSOURCE("eventsource", "GET"),
  HTMLFILE("htmlfile", "GET"),
  JSONP("jsonp", "GET"),
  JSONP_SEND("jsonp_send", "POST");

  private final String word;
  private final String method;

  Transport(String word, String method) {
    this.word = word;
    this.method = method;
  }

  static @Nullable Transport of(String word) {
    for (Transport each : values()) {
      if (each.word.equals(word)) {
        return each;
      }
    }
    return null;
  }

  String word() {
    return word;
  }

  String method() {
    return method;
  }

  /** Whether scripts of other origins use it, by asking first. */
  boolean isXhr() {
    return switch (this) {
      case XHR, XHR_SEND, XHR_STREAMING -> true;
      case WEBSOCKET, EVENTSOURCE, HTMLFILE, JSONP, JSONP_SEND -> false;
    };
  }

  /** Whether any page can use it, whatever its origin, without being asked for it. */
  boolean ignoresOrigins() {
    return this == JSONP || this == JSONP_SEND;
  }
}
