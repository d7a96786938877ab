package io.pharos.stomp;

import org.jspecify.annotations.Nullable;

/** Takes what the broker says to one client. */
public interface RelayClient {

  /**
   * Passes a MESSAGE or RECEIPT on. Waits while the client's outbox is full, which keeps the broker
   * waiting, too.
   */
  void frame(Frame frame) throws InterruptedException;

  /**
   * The broker has refused a frame.
   *
   * @param receiptId of that frame, where the broker says so
   * @param sentence for the client: nothing of the broker's internals
   */
  void refused(@Nullable String receiptId, String sentence);

  /** The connection to the broker is lost. */
  void lost();

  /** The client has not made room for so long that the broker should not wait any longer. */
  void tooSlow();
}
