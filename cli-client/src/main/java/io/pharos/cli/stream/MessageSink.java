package io.pharos.cli.stream;

import java.io.IOException;

/** Takes what comes over a WebSocket. */
interface MessageSink {
  /**
   * A piece of a message, not to be changed any more.
   *
   * @param last whether the message ends with it
   */
  void piece(byte[] bytes, boolean last);

  /** There is no more, for this reason. May be called more than once: the first reason counts. */
  void end(IOException reason);

  /** Runs all messages together, as STOMP allows. */
  static MessageSink into(Inbox inbox) {
    return new MessageSink() {
      @Override
      public void piece(byte[] bytes, boolean last) {
        inbox.put(bytes);
      }

      @Override
      public void end(IOException reason) {
        inbox.end(reason);
      }
    };
  }
}
