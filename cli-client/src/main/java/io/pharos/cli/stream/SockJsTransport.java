package io.pharos.cli.stream;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** How a SockJS session is carried, from the best way to the one that always works. */
enum SockJsTransport {
  WEBSOCKET,
  /** Requests whose answers go on for long, one after the other. */
  XHR_STREAMING,
  /** A request for each answer. */
  XHR;

  /** This one and those that come after it, in this order. */
  static Set<SockJsTransport> from(SockJsTransport first) {
    return EnumSet.range(first, XHR);
  }

  /** As in addresses. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
