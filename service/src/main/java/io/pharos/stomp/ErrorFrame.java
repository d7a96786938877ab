package io.pharos.stomp;

import io.pharos.message.PharosException.Code;
import io.pharos.session.CloseReason;
import org.jspecify.annotations.Nullable;

/**
 * Makes ERROR frames (STOMP 1.2, "ERROR"): a short {@code message}, the kind of failure for
 * programs in {@code pharos-error}, and a sentence as the body.
 */
record ErrorFrame(String kind, String message, String sentence) {

  static ErrorFrame of(Code code, String sentence) {
    String message =
        switch (code) {
          case BAD_REQUEST -> "bad request";
          case UNAUTHENTICATED -> "not authenticated";
          case FORBIDDEN -> "not allowed";
          case TOO_LARGE -> "too large";
          case LIMIT_EXCEEDED -> "limit exceeded";
          case UNSUPPORTED -> "not supported";
          case BUSY, UNAVAILABLE -> "try again later";
        };
    return new ErrorFrame(code.name(), message, sentence);
  }

  /** For a frame that cannot be read, or whose headers make no sense. */
  static ErrorFrame of(StompException failure) {
    ErrorFrame error = of(failure.code(), failure.detail());
    return failure.code() == Code.BAD_REQUEST
        ? new ErrorFrame(error.kind, "malformed frame", error.sentence)
        : error;
  }

  static ErrorFrame of(CloseReason reason) {
    return new ErrorFrame(reason.name(), "connection closed", reason.text());
  }

  /** The reason for which a session ends after such a failure. */
  static CloseReason closeReason(Code code) {
    return switch (code) {
      case BAD_REQUEST -> CloseReason.PROTOCOL_ERROR;
      case UNAUTHENTICATED, FORBIDDEN -> CloseReason.NOT_AUTHORISED;
      case TOO_LARGE -> CloseReason.TOO_LARGE;
      case LIMIT_EXCEEDED -> CloseReason.LIMIT_EXCEEDED;
      case UNSUPPORTED -> CloseReason.UNSUPPORTED;
      case BUSY -> CloseReason.BUSY;
      case UNAVAILABLE -> CloseReason.UNAVAILABLE;
    };
  }

  Frame.Builder with(@Nullable String receiptId) {
    return Frame.of(Command.ERROR)
        .header("message", message)
        .headerIfPresent("receipt-id", receiptId)
        .header("pharos-error", kind)
        .header("content-type", "text/plain")
        .body(sentence);
  }
}
