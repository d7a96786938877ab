package io.pharos.cli.sockjs;

/** What a server says in a session, in order. Heart-beats are not told: they mean nothing. */
public interface FrameListener {
  /** {@code o}: the session is new. */
  void opened();

  /**
   * {@code a}: a piece of the messages, in UTF-8. Messages follow each other without a mark between
   * them.
   *
   * @param bytes to be used during the call only
   */
  void text(byte[] bytes, int offset, int length);

  /** {@code c}: the session is over. */
  void closed(int code, String reason);
}
