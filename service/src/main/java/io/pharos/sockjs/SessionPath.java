package io.pharos.sockjs;

import org.jspecify.annotations.Nullable;

/**
 * A session's address below the base, {@code /server/session/transport}, as the client wrote it.
 * The server's part is for load balancers and means nothing here.
 */
record SessionPath(String session, Transport transport) {
  private static final int LONGEST = 256;

  /** Null when it is no such address. */
  static @Nullable SessionPath parse(String path) {
    String[] parts = path.split("/", -1);
    if (parts.length != 4 || !parts[0].isEmpty() || !isName(parts[1]) || !isName(parts[2])) {
      return null;
    }
    Transport transport = Transport.of(parts[3]);
    return transport == null ? null : new SessionPath(parts[2], transport);
  }

  private static boolean isName(String part) {
    return !part.isEmpty() && part.length() <= LONGEST && part.indexOf('.') < 0;
  }

  /** Whoever knows a session's name can have it. */
  @Override
  public String toString() {
    return transport.word() + " of a session";
  }
}
