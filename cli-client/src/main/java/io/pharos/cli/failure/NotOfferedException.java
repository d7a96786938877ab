package io.pharos.cli.failure;

import java.io.IOException;

/** The server answers, but does not have what was asked for. */
public final class NotOfferedException extends IOException {
  private static final long serialVersionUID = 1L;

  private final String hint;

  /**
   * @param message what is missing, behind the server's name in a sentence
   * @param hint what to do next, whole sentences
   */
  public NotOfferedException(String message, String hint) {
    super(message);
    this.hint = hint;
  }

  String hint() {
    return hint;
  }
}
