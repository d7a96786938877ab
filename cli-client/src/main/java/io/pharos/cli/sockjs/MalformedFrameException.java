package io.pharos.cli.sockjs;

/** What the other side sent is no SockJS frame. The message is for a person. */
public final class MalformedFrameException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  MalformedFrameException(String message) {
    super(message);
  }
}
