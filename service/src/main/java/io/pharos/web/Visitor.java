package io.pharos.web;

import io.pharos.security.Identity;
import org.jspecify.annotations.Nullable;

/**
 * Whoever sends a request of a SockJS session.
 *
 * @param identity what the request's token proves; null without one
 * @param address where the client is, as {@link ClientAddress} has it
 */
public record Visitor(@Nullable Identity identity, String address) {

  /**
   * Whether a session that this one opened may be used by another request: if a token opened it,
   * the same user's.
   */
  boolean lets(Visitor other) {
    if (identity == null) {
      return true;
    }
    return other.identity != null && identity.user().equals(other.identity.user());
  }
}
