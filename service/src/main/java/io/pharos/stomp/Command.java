package io.pharos.stomp;

import org.jspecify.annotations.Nullable;

/** The first line of a frame. Case sensitive. */
public enum Command {
  CONNECT,
  STOMP,
  CONNECTED,
  SEND,
  SUBSCRIBE,
  UNSUBSCRIBE,
  ACK,
  NACK,
  BEGIN,
  COMMIT,
  ABORT,
  DISCONNECT,
  MESSAGE,
  RECEIPT,
  ERROR;

  /** The longest command, in bytes. */
  static final int MAX_LENGTH = 11;

  private static final Command[] ALL = values();

  /** Only SEND, MESSAGE and ERROR may have a body (STOMP 1.2, "Body"). */
  public boolean mayHaveBody() {
    return this == SEND || this == MESSAGE || this == ERROR;
  }

  /** Whether this opens a session: STOMP is CONNECT by another name. */
  public boolean connects() {
    return this == CONNECT || this == STOMP;
  }

  /** CONNECT and CONNECTED are written before a version is agreed, so nothing is escaped there. */
  boolean escapesHeaders() {
    return this != CONNECT && this != STOMP && this != CONNECTED;
  }

  static @Nullable Command of(byte[] line, int from, int to) {
    for (Command command : ALL) {
      if (command.isAt(line, from, to)) {
        return command;
      }
    }
    return null;
  }

  private boolean isAt(byte[] line, int from, int to) {
    String name = name();
    if (name.length() != to - from) {
      return false;
    }
    for (int i = 0; i < name.length(); i++) {
      if (name.charAt(i) != line[from + i]) {
        return false;
      }
    }
    return true;
  }
}
