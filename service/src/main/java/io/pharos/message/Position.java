package io.pharos.message;

/**
 * Where a message stands within its destination. Offsets of one epoch are contiguous and start at
 * 1; 0 is the place before the first message. The epoch changes when history was lost, so that an
 * old position is never mistaken for a new one. Printed as {@code EPOCH-OFFSET}: ASCII letters and
 * digits, at most {@value #MAX_LENGTH} characters, safe in any header.
 */
public record Position(String epoch, long offset) {
  public static final int MAX_LENGTH = 35;

  /** Eighteen digits: what {@link #parse} reads back. */
  public static final long MAX_OFFSET = 999_999_999_999_999_999L;

  private static final int MAX_EPOCH = 16;

  public Position {
    if (epoch.isEmpty()
        || epoch.length() > MAX_EPOCH
        || !epoch.chars().allMatch(Position::isAlphanumeric)) {
      throw PharosException.badRequest(
          "position must be EPOCH-OFFSET, with an epoch of 1 to 16 letters or digits");
    }
    if (offset < 0 || offset > MAX_OFFSET) {
      throw PharosException.badRequest(
          "position must be EPOCH-OFFSET, with an offset from 0 to " + MAX_OFFSET);
    }
  }

  /** Parses {@link #toString()}'s form, and no other spelling of it. */
  public static Position parse(String token) {
    int dash = token.indexOf('-');
    if (token.length() > MAX_LENGTH || dash < 1) {
      throw PharosException.badRequest("position must be EPOCH-OFFSET");
    }
    String digits = token.substring(dash + 1);
    boolean canonical =
        !digits.isEmpty()
            && digits.length() <= 18
            && digits.chars().allMatch(c -> c >= '0' && c <= '9')
            && (digits.length() == 1 || digits.charAt(0) != '0');
    if (!canonical) {
      throw PharosException.badRequest("position must be EPOCH-OFFSET, with a decimal offset");
    }
    return new Position(token.substring(0, dash), Long.parseLong(digits));
  }

  public Position next() {
    return new Position(epoch, offset + 1);
  }

  public Position previous() {
    return new Position(epoch, offset - 1);
  }

  @Override
  public String toString() {
    return epoch + "-" + offset;
  }

  private static boolean isAlphanumeric(int c) {
    return c >= '0' && c <= '9' || c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z';
  }
}
