package io.pharos.sockjs;

/**
 * Why a session is closed, as clients are told: {@code c[code,"reason"]}.
 *
 * @param code 1000 to 4999, as for WebSockets
 */
public record CloseStatus(int code, String reason) {
  static final CloseStatus INTERRUPTED = new CloseStatus(1002, "Connection interrupted");
  static final CloseStatus ANOTHER = new CloseStatus(2010, "Another connection still open");

  public CloseStatus {
    if (code < 1000 || code > 4999) {
      throw new IllegalArgumentException("a close code is 1000 to 4999, not " + code);
    }
  }
}
