package io.pharos.cli.stream;

import java.io.IOException;

/** The server closed the WebSocket, with a status of RFC 6455, section 7.4. */
final class LinkClosedException extends IOException {
  private static final long serialVersionUID = 1L;

  private final int code;

  LinkClosedException(int code, String phrase) {
    super(
        "the server closed the connection, code " + code + (phrase.isBlank() ? "" : ": " + phrase));
    this.code = code;
  }

  int code() {
    return code;
  }
}
