package io.pharos.stomp;

/**
 * What transactions may hold back.
 *
 * @param open how many a session may have open at once
 * @param bytes how much all of a session's open transactions may hold together
 */
public record TransactionLimits(int open, long bytes) {
  public TransactionLimits {
    if (open < 1 || bytes < 1) {
      throw new IllegalArgumentException("limits of transactions must be positive");
    }
  }
}
