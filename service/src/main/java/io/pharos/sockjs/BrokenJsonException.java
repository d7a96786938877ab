package io.pharos.sockjs;

import java.io.IOException;

/** A client sent what is no JSON array of strings. */
final class BrokenJsonException extends IOException {
  private static final long serialVersionUID = 1L;

  BrokenJsonException(int position) {
    super("no JSON array of strings at character " + position);
  }
}
