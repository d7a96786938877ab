package io.pharos.cli.bench.wire;

import java.nio.charset.StandardCharsets;

/**
 * A client's position: the token of the last message that it has counted. A token is noted as it
 * comes and holds from {@link #commit} on, so that a connection which drops between a message's
 * position and its body asks for that message again.
 */
public final class Bookmark {
  private static final int MAX_LENGTH = 2048;
  private static final byte[] NONE = new byte[0];

  private byte[] noted = NONE;
  private byte[] committed = NONE;
  private int notedLength;
  private int committedLength;

  /** Keeps a copy; a token longer than any server should send is not kept. */
  void note(byte[] bytes, int offset, int length) {
    if (length > MAX_LENGTH) {
      return;
    }
    if (noted.length < length) {
      noted = new byte[Math.max(64, length)];
    }
    System.arraycopy(bytes, offset, noted, 0, length);
    notedLength = length;
  }

  /** The message with the noted token has been counted. */
  void commit() {
    if (notedLength > 0) {
      byte[] former = committed;
      committed = noted;
      committedLength = notedLength;
      noted = former;
      notedLength = 0;
    }
  }

  /** Forgets a token whose message did not come whole. */
  public void rollBack() {
    notedLength = 0;
  }

  /** Whether there is a position to resume from. */
  public boolean isKnown() {
    return committedLength > 0;
  }

  /** The position to resume from; empty when there is none. */
  public String token() {
    return new String(committed, 0, committedLength, StandardCharsets.ISO_8859_1);
  }
}
