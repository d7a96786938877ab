package io.pharos.hub;

import io.pharos.message.PharosException;

/** One of the publications that came together is refused, and with it all of them. */
public final class RefusedPublicationException extends PharosException {
  private static final long serialVersionUID = 1L;

  private final int index;

  RefusedPublicationException(int index, PharosException refusal) {
    super(refusal.code(), refusal.detail(), refusal);
    this.index = index;
  }

  /** Which one it is, counted from 0. */
  public int index() {
    return index;
  }
}
