package io.pharos.security;

/** Turns a bearer token into the identity that it proves. Safe for use by many threads. */
public interface TokenVerifier {

  /** Longest token that is looked at, in bytes. */
  int MAX_TOKEN = 8192;

  /**
   * Verifies a token in its compact form, without the word {@code Bearer}.
   *
   * @throws TokenExpiredException when nothing is wrong with the token but its age
   * @throws io.pharos.message.PharosException UNAUTHENTICATED with the reason; UNAVAILABLE when the
   *     keys have to be fetched and cannot be
   */
  Identity verify(String token);
}
