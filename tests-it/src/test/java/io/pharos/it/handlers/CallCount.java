package io.pharos.it.handlers;

import jakarta.enterprise.context.RequestScoped;

/** Counts within one request. */
@RequestScoped
public class CallCount {
  private int count;

  public int next() {
    return ++count;
  }
}
