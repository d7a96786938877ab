package io.pharos.stomp;

import java.util.List;

/**
 * One client's connection to the broker. Frames name destinations as the core does, {@code
 * /user/NAME/queue/X} included, are checked, and hold no header that speaks to the broker but those
 * of the protocol. Used by one thread at a time, but for {@link #close}.
 *
 * <p>All calls block while the broker does not read, for a bounded time, and throw {@link
 * io.pharos.message.PharosException} with code UNAVAILABLE when the connection is lost.
 */
public interface RelayLink extends AutoCloseable {

  /** Sends SEND, SUBSCRIBE, UNSUBSCRIBE, ACK or NACK; a receipt comes back to the client. */
  void forward(Frame frame);

  /** Sends SEND, ACK and NACK frames as one transaction, and waits until the broker has done it. */
  void commit(List<Frame> frames);

  /** Says goodbye, and waits until the broker has processed all that was sent before. */
  void finish();

  /** Breaks off: what is not acknowledged goes back to its queue. Idempotent; may block. */
  @Override
  void close();
}
