package io.pharos.sockjs;

/** What becomes of one session. One call at a time; calls may block. */
public interface SockJsHandler {

  /** The client sent a message. */
  void message(String text);

  /**
   * The client gave another sign of life: it fetches, or what was written to it went through. May
   * come at any time; must not block.
   */
  default void alive() {}

  /** The session has ended, whoever ended it. Called once. */
  void closed();
}
