package io.pharos.hub;

import io.pharos.message.PharosException;
import org.jspecify.annotations.Nullable;

/**
 * The application's message handlers: what clients send to {@code /app/…}, and ask for by
 * subscribing there. Calls run application code, may block, and come one at a time from each
 * session.
 *
 * <p>What they throw ends the session: a {@link PharosException} with its own words, anything else
 * as a failure of the server.
 */
public interface MessageHandlers {
  /** There are none. */
  MessageHandlers NONE =
      new MessageHandlers() {
        @Override
        public void send(HandlerRequest request) {
          throw unknown(request);
        }

        @Override
        public @Nullable HandlerReply subscribe(HandlerRequest request) {
          throw unknown(request);
        }
      };

  /** Takes a message. When this returns, the message was processed. */
  void send(HandlerRequest request);

  /** Answers a subscription; null when there is nothing to answer. */
  @Nullable HandlerReply subscribe(HandlerRequest request);

  /** The failure when no handler is there for a destination. */
  static PharosException unknown(HandlerRequest request) {
    return new PharosException(
        PharosException.Code.UNSUPPORTED,
        "no message handler is there for '" + request.publication().destination() + "'");
  }
}
