package io.pharos.security;

import java.io.IOException;

/** Gets the text of a JSON Web Key Set (RFC 7517, section 5) from where it is published. */
@FunctionalInterface
interface JwksFetcher {

  /** Fetches it anew, within bounded time. */
  String fetch() throws IOException;
}
