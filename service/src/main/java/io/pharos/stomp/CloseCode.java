package io.pharos.stomp;

import io.pharos.session.CloseReason;

/**
 * The status of a WebSocket's close (RFC 6455, section 7.4): 1001 and 1013 ask the client to come
 * back.
 *
 * @param text at most 123 bytes
 */
public record CloseCode(int code, String text) {

  public static CloseCode of(CloseReason reason) {
    int code =
        switch (reason) {
          case CLIENT_DONE -> 1000;
          case CONNECTION_LOST, SERVER_STOPPING -> 1001;
          case PROTOCOL_ERROR -> 1002;
          case NOT_AUTHORISED, TOKEN_EXPIRED, LOGIN_TIMEOUT, KICKED, LIMIT_EXCEEDED, UNSUPPORTED ->
              1008;
          case TOO_LARGE -> 1009;
          case SERVER_ERROR -> 1011;
          case SLOW_CONSUMER, WRITE_STALLED, HEARTBEAT_LOST, BUSY, UNAVAILABLE -> 1013;
        };
    return new CloseCode(code, reason.text());
  }
}
