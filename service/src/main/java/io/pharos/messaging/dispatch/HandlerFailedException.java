package io.pharos.messaging.dispatch;

/** A handler threw something that nobody handles. Its text is for the log. */
final class HandlerFailedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  HandlerFailedException(Object method, Throwable cause) {
    super("message handler " + method + " failed", cause);
  }
}
