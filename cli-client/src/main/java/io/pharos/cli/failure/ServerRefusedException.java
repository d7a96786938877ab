package io.pharos.cli.failure;

import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The server answered a request with an HTTP status that is not a success. */
public final class ServerRefusedException extends IOException {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final @Nullable Duration retryAfter;

  /**
   * @param detail the problem document's sentence, or what else the server said
   * @param retryAfter what the server asks to wait before the next try, or null
   */
  public ServerRefusedException(int status, String detail, @Nullable Duration retryAfter) {
    super(detail);
    this.status = status;
    this.retryAfter = retryAfter;
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

  /** Whether the same request may succeed later. */
  public boolean isTemporary() {
    return status == 429 || status == 502 || status == 503 || status == 504;
  }
}
