package io.pharos.cli;

import java.util.Locale;

/** How {@code pharos subscribe} is connected. */
enum Transport {
  SSE,
  STOMP,
  SOCKJS;

  /** As on the command line. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
