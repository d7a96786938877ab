package io.pharos.cli.failure;

import java.io.IOException;

/** Something answered, but not as a Pharos server does; asking again will not help. */
public final class UnexpectedAnswerException extends IOException {
  private static final long serialVersionUID = 1L;

  public UnexpectedAnswerException(String message) {
    super(message);
  }
}
