package io.pharos.stomp;

import io.pharos.admission.NotAdmittedException;
import io.pharos.admission.Ticket;
import io.pharos.hub.Hub;
import io.pharos.hub.MessageHandlers;
import io.pharos.hub.Publisher;
import io.pharos.hub.SessionFactory;
import io.pharos.security.Identity;
import io.pharos.security.TokenVerifier;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Opens a STOMP session for each client that comes. Safe for use by many threads. */
public final class StompServer {
  private final SessionFactory sessions;
  private final Hub hub;
  private final Publisher publisher;
  private final TokenVerifier tokens;
  private final MessageHandlers handlers;
  private final Executor executor;
  private final @Nullable Relay relay;
  private final StompSettings settings;
  private final LongSupplier nanoTime;

  /**
   * @param handlers the application's
   * @param executor runs them, which may block: a virtual thread a task
   * @param nanoTime the clock that the sessions use, in nanoseconds
   */
  public StompServer(
      SessionFactory sessions,
      Hub hub,
      Publisher publisher,
      TokenVerifier tokens,
      MessageHandlers handlers,
      Executor executor,
      StompSettings settings,
      LongSupplier nanoTime) {
    this(sessions, hub, publisher, tokens, handlers, executor, null, settings, nanoTime);
  }

  /**
   * With a broker elsewhere.
   *
   * @param relay what answers for topics, queues and user destinations; null where the hub does
   */
  public StompServer(
      SessionFactory sessions,
      Hub hub,
      Publisher publisher,
      TokenVerifier tokens,
      MessageHandlers handlers,
      Executor executor,
      @Nullable Relay relay,
      StompSettings settings,
      LongSupplier nanoTime) {
    this.sessions = sessions;
    this.hub = hub;
    this.publisher = publisher;
    this.tokens = tokens;
    this.handlers = handlers;
    this.executor = executor;
    this.relay = relay;
    this.settings = settings;
    this.nanoTime = nanoTime;
  }

  /**
   * Starts with a client whose transport is open. Its time to send CONNECT runs from now.
   *
   * @param handshake who the client is by what came with the handshake, if it proved anything; a
   *     token in CONNECT replaces it
   * @param ticket the connection's place, given up with the session
   */
  public StompSession open(StompTransport transport, @Nullable Identity handshake, Ticket ticket) {
    var acknowledgements = new Acknowledgements();
    var connection = new StompConnection(transport, acknowledgements);
    var session = sessions.open(connection, ticket);
    var calls = new HandlerCalls(handlers, session, connection);
    return new StompSession(
        session,
        connection,
        new Credentials(tokens, handshake, ticket),
        publisher,
        acknowledgements,
        new Subscriptions(hub, session, acknowledgements, settings, calls),
        relay,
        calls,
        new FrameQueue(executor, settings.ahead(), session::isOpen),
        settings,
        nanoTime);
  }

  /** {@link #open} for a connection that is not counted. */
  public StompSession open(StompTransport transport, @Nullable Identity handshake) {
    return open(transport, handshake, Ticket.UNCOUNTED);
  }

  /** Tells a client whose transport is open that there is no room for it, and closes it. */
  public StompSession refuse(StompTransport transport, NotAdmittedException refusal) {
    StompSession session = open(transport, null);
    session.refuse(refusal);
    return session;
  }
}
