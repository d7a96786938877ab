package io.pharos.stomp;

import io.pharos.hub.Flow;
import io.pharos.message.PharosException;
import org.jspecify.annotations.Nullable;

/** The header {@code prefetch-count} of SUBSCRIBE: how many messages may be unacknowledged. */
final class Prefetch {
  private static final int MAX = 1000;

  private Prefetch() {}

  static int parse(@Nullable String header) {
    if (header == null) {
      return Flow.DEFAULT_WINDOW;
    }
    boolean number =
        !header.isEmpty()
            && header.length() <= 4
            && header.chars().allMatch(c -> c >= '0' && c <= '9');
    int count = number ? Integer.parseInt(header) : 0;
    if (count < 1 || count > MAX) {
      throw PharosException.badRequest("prefetch-count must be a number from 1 to " + MAX);
    }
    return count;
  }
}
