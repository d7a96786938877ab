package io.pharos.cli.api;

import org.jspecify.annotations.Nullable;

/** Says what to log in with, anew for each connection and request. */
@FunctionalInterface
public interface TokenSource {
  /** The token, or null to come without one. */
  @Nullable String token();

  /** Whether a token that has expired will be followed by a new one. */
  default boolean renews() {
    return false;
  }
}
