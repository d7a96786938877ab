package io.pharos.cli.bench;

/** The benchmark could not be carried out. */
public final class BenchException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Why not. */
  public enum Kind {
    /** No connection came about. */
    CANNOT_CONNECT,
    /** The server wants another token. */
    NOT_AUTHORISED,
    /** Everything else. */
    FAILED
  }

  private final Kind kind;

  public BenchException(Kind kind, String message) {
    super(message);
    this.kind = kind;
  }

  public Kind kind() {
    return kind;
  }

  /** What happened, for a person. */
  public String message() {
    return String.valueOf(getMessage());
  }
}
