package io.pharos.cli.bench.wire;

/** The other side answered something that the benchmark cannot go on with. */
public final class WireException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** An answer that is no refusal by status. */
  public static final int NO_STATUS = 0;

  private final int status;

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
    super(message);
    this.status = status;
  }

  /** The HTTP status that was the answer, or {@link #NO_STATUS}. */
  public int status() {
    return status;
  }

  /** What happened, for a person. */
  public String message() {
    return String.valueOf(getMessage());
  }
}
