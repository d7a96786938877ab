package io.pharos.cli.retry;

/** What to do when the first connection does not come about. */
public enum FirstConnect {
  FAIL,
  WAIT
}
