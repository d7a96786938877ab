package io.pharos.messaging.dispatch;

/** A handler cannot be used; the message names its method and what is wrong. */
public final class MappingException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  MappingException(Object where, String what) {
    super(where + ": " + what);
  }
}
