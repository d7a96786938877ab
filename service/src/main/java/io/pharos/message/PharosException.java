package io.pharos.message;

/**
 * The one failure that Pharos reports to a client: a {@link Code} for the program, a sentence for
 * the person. Each edge maps it once: to a problem document, a STOMP ERROR frame, a close code or
 * an exit code. The sentence reaches the client as it is, so it names what was wrong and what is
 * allowed, and never a secret.
 */
public class PharosException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** What kind of failure it is. */
  public enum Code {
    /** The request is malformed; sending it again cannot succeed. */
    BAD_REQUEST,
    /** No token, or one that does not hold. */
    UNAUTHENTICATED,
    /** The caller is known, and lacks the right. */
    FORBIDDEN,
    /** A body, frame or header is over its limit. */
    TOO_LARGE,
    /** The caller has too many of something: connections, subscriptions, destinations. */
    LIMIT_EXCEEDED,
    /** The feature is part of the protocol and is not offered here. */
    UNSUPPORTED,
    /** The server has no room for the client now; the same request may succeed later. */
    BUSY,
    /** The broker is away; the same request may succeed later. */
    UNAVAILABLE
  }

  private final Code code;

  public PharosException(Code code, String detail) {
    super(detail);
    this.code = code;
  }

  public PharosException(Code code, String detail, Throwable cause) {
    super(detail, cause);
    this.code = code;
  }

  public Code code() {
    return code;
  }

  /** The sentence for the person. */
  public String detail() {
    return String.valueOf(getMessage());
  }

  public static PharosException badRequest(String detail) {
    return new PharosException(Code.BAD_REQUEST, detail);
  }
}
