package io.pharos.web;

import io.pharos.message.PharosException;

/** There is no token at all, where one that does not hold is another matter (RFC 6750, 3.1). */
final class TokenRequiredException extends PharosException {
  private static final long serialVersionUID = 1L;

  TokenRequiredException(String detail) {
    super(Code.UNAUTHENTICATED, detail);
  }
}
