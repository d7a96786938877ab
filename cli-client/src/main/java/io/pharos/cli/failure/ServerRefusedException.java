package io.pharos.cli.failure;

import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The server answered a request with an HTTP status that is not a success. */
public final class ServerRefusedException extends IOException {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final @Nullable Duration retryAfter;
  private final boolean problem;

  /**
   * A refusal without a problem document, perhaps of something in between.
   *
   * @param detail what the server said
   * @param retryAfter what the server asks to wait before the next try, or null
   */
  public ServerRefusedException(int status, String detail, @Nullable Duration retryAfter) {
    this(status, detail, retryAfter, false);
  }

  /**
   * A refusal.
   *
   * @param detail the problem document's sentence, or what else the server said
   * @param retryAfter what the server asks to wait before the next try, or null
   * @param problem whether there was a problem document (RFC 9457), as Pharos sends it
   */
  public ServerRefusedException(
      int status, String detail, @Nullable Duration retryAfter, boolean problem) {
    super(detail);
    this.status = status;
    this.retryAfter = retryAfter;
    this.problem = problem;
  }

  public int status() {
    return status;
  }

  public String detail() {
    return String.valueOf(getMessage());
  }

  /** The wait, or what the server asks for if that is longer. */
  public Duration atLeastAsAsked(Duration wait) {
    return retryAfter != null && retryAfter.compareTo(wait) > 0 ? retryAfter : wait;
  }

  /** Whether the server may have done what it was asked for all the same. */
  boolean leavesOutcomeOpen() {
    // A 503 of something in between: it has handed nothing on.
    boolean handled = status >= 500 && (problem || status != 503);
    return handled && !detail().endsWith("nothing was stored");
  }

  /** Whether the same request may succeed later. */
  public boolean isTemporary() {
    return status == 429 || status == 502 || status == 503 || status == 504;
  }
}
