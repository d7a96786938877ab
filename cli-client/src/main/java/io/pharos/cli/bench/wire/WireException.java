package io.pharos.cli.bench.wire;

/** The other side answered something that the benchmark cannot go on with. */
public final class WireException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** An answer that is no refusal by status. */
  public static final int NO_STATUS = 0;

  private final int status;
  private final int retryAfter;

  /** An answer that is no refusal by status. */
  public WireException(String message) {
    this(message, NO_STATUS);
  }

  /**
   * A refusal.
   *
   * @param status the HTTP status that came
   */
  public WireException(String message, int status) {
    this(message, status, 0);
  }

  /**
   * A refusal.
   *
   * @param message what came instead of what was asked for
   */
  WireException(String message, HttpHead head) {
    this(message, head.status(), head.retryAfter());
  }

  private WireException(String message, int status, int retryAfter) {
    super(message);
    this.status = status;
    this.retryAfter = retryAfter;
  }

  /** The HTTP status that was the answer, or {@link #NO_STATUS}. */
  public int status() {
    return status;
  }

  /** Whether the server has no room now, and may have some later (RFC 9110, 15.6.4). */
  public boolean isOverload() {
    return status == 503;
  }

  /** How many seconds the server wants to be left alone; 0 when it did not say. */
  public int retryAfter() {
    return retryAfter;
  }

  /** What happened, for a person. */
  public String message() {
    return String.valueOf(getMessage());
  }
}
