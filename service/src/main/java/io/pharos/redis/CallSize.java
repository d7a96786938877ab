package io.pharos.redis;

import io.pharos.message.Publication;

/** How much one call of the publishing script holds, which Redis executes as one step. */
final class CallSize {
  private static final int MOST_MESSAGES = 256;
  private static final int MOST_BYTES = 1 << 20;

  private int messages;
  private int bytes;

  boolean hasRoom() {
    return messages < MOST_MESSAGES && bytes < MOST_BYTES;
  }

  void add(Publication publication) {
    messages++;
    bytes += publication.body().length();
  }
}
