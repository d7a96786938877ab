package io.pharos.relay;

import io.pharos.message.PharosException;

/** Makes the failure that says that the broker is away. */
final class Away {
  private Away() {}

  static PharosException of(String detail) {
    return new PharosException(PharosException.Code.UNAVAILABLE, detail);
  }
}
