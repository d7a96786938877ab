package io.pharos.stomp;

import io.pharos.broker.Published;
import io.pharos.hub.Feed;
import io.pharos.hub.Publisher;
import io.pharos.message.Destination;
import io.pharos.message.PharosException;
import io.pharos.message.PharosException.Code;
import io.pharos.security.Identity;
import io.pharos.security.TokenExpiredException;
import io.pharos.session.CloseReason;
import io.pharos.session.Session;
import io.pharos.session.Subscription;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The server's side of one client's STOMP: takes what the client sends, in order, and answers
 * through the session. Every failure is answered with an ERROR frame, after which the connection
 * closes and nothing more is read (STOMP 1.2, "ERROR").
 *
 * <p>The transport calls it from one thread at a time. Calls may block: on the broker, and while
 * the client does not read its receipts.
 */
public final class StompSession {
  private static final System.Logger LOG = System.getLogger(StompSession.class.getName());

  private enum State {
    CONNECTING,
    CONNECTED,
    DISCONNECTING
  }

  private final Session session;
  private final StompConnection connection;
  private final Credentials credentials;
  private final Subscriptions subscriptions;
  private final @Nullable Relay relay;
  private final Transactions transactions;
  private final FrameWork work;
  private final HandlerCalls calls;
  private final FrameQueue queue;
  private final StompSettings settings;
  private final LongSupplier nanoTime;
  private final FrameDecoder decoder;
  private volatile State state = State.CONNECTING;
  private Version version = Version.V1_0;
  private Duration fromClient = Duration.ZERO;
  private @Nullable RelayedFrames relayed;

  StompSession(
      Session session,
      StompConnection connection,
      Credentials credentials,
      Publisher publisher,
      Acknowledgements acknowledgements,
      Subscriptions subscriptions,
      @Nullable Relay relay,
      HandlerCalls calls,
      FrameQueue queue,
      StompSettings settings,
      LongSupplier nanoTime) {
    this.session = session;
    this.connection = connection;
    this.credentials = credentials;
    this.subscriptions = subscriptions;
    this.relay = relay;
    this.transactions = new Transactions(settings.transactions());
    this.work =
        new FrameWork(
            session, publisher, () -> new Settlements(acknowledgements, subscriptions, version));
    this.calls = calls;
    this.queue = queue;
    this.settings = settings;
    this.nanoTime = nanoTime;
    this.decoder = new FrameDecoder(settings.limits());
    // Nothing received counts before the client is connected: the time to connect is fixed.
    session.liveness().closeAfterSilence(settings.connectTimeout(), CloseReason.LOGIN_TIMEOUT);
  }

  public Session session() {
    return session;
  }

  /** Takes a text message. */
  public void receive(String text) {
    receive(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
  }

  /** Takes a binary message, or a part of one. */
  public void receive(ByteBuffer bytes) {
    if (state == State.DISCONNECTING || !session.isOpen()) {
      return;
    }
    if (state == State.CONNECTED) {
      // While this is at work nobody reads, and silence cannot be held against the client.
      session.liveness().allowSilence();
    }
    try {
      decoder.feed(bytes, this::queue);
    } catch (StompException e) {
      afterWhatCameBefore(e);
    }
    if (state == State.CONNECTED) {
      listen();
    }
    if (state == State.DISCONNECTING) {
      awaitClose();
    }
  }

  /**
   * The client gave a sign of life that is no frame: where it fetches its messages, asking for them
   * says as much as a heart-beat (STOMP 1.2, "Heart-beating"). The times to connect and to end are
   * not prolonged by it.
   */
  public void alive() {
    if (state == State.CONNECTED) {
      session.liveness().received(nanoTime.getAsLong());
    }
  }

  private void afterWhatCameBefore(StompException e) {
    try {
      queue.run(0, () -> malformed(e));
    } catch (PharosException full) {
      fail(full, e.receiptId());
    }
  }

  private void malformed(StompException e) {
    if (state != State.DISCONNECTING) {
      fail(e, e.receiptId());
    }
  }

  /** Frames are worked on in their order; application code does not keep the reader. */
  private void queue(Frame frame) {
    try {
      if (state == State.CONNECTED && HandlerCalls.isFor(frame)) {
        queue.runApart(frame.weight(), () -> take(frame));
      } else {
        queue.run(frame.weight(), () -> take(frame));
      }
    } catch (PharosException e) {
      fail(e, frame.header("receipt"));
    }
  }

  /** Ends the session for a failure that no frame is to blame for. */
  void refuse(PharosException failure) {
    fail(failure, null);
  }

  /** The transport is gone. Idempotent. */
  public void disconnected() {
    session.disconnected(
        state == State.DISCONNECTING ? CloseReason.CLIENT_DONE : CloseReason.CONNECTION_LOST);
  }

  private void take(Frame frame) {
    // What follows DISCONNECT or a failure is not read any more.
    if (state == State.DISCONNECTING || !session.isOpen()) {
      return;
    }
    try {
      process(frame);
    } catch (PharosException e) {
      fail(e, frame.header("receipt"));
    } catch (RuntimeException e) {
      LOG.log(System.Logger.Level.ERROR, "Session " + session + " failed at " + frame, e);
      CloseReason reason = CloseReason.SERVER_ERROR;
      refuse(ErrorFrame.of(reason).with(frame.header("receipt")), reason, reason.text());
    }
  }

  private void process(Frame frame) {
    if (state == State.CONNECTING) {
      connect(frame);
      return;
    }
    if (relayed != null && relayed.take(frame)) {
      // Its receipt is the broker's to give.
      return;
    }
    switch (frame.command()) {
      case SEND, ACK, NACK -> work(frame);
      case BEGIN -> {
        transactions.begin(frame);
        receipt(frame, receipt -> {});
      }
      case COMMIT -> {
        commit(transactions.end(frame));
        receipt(frame, receipt -> {});
      }
      case ABORT -> {
        transactions.end(frame);
        receipt(frame, receipt -> {});
      }
      case SUBSCRIBE -> subscribe(frame);
      case UNSUBSCRIBE -> {
        subscriptions.unsubscribe(frame, version);
        receipt(frame, receipt -> {});
      }
      case DISCONNECT -> disconnect(frame);
      case CONNECT, STOMP -> throw PharosException.badRequest("the session is connected already");
      case CONNECTED, MESSAGE, RECEIPT, ERROR ->
          throw PharosException.badRequest(frame.command() + " is sent by the server alone");
    }
  }

  /**
   * Carries a frame out at once, or keeps it for its transaction: its receipt then says that the
   * transaction has it.
   */
  private void work(Frame frame) {
    if (HandlerCalls.isFor(frame)) {
      calls.send(frame, this::forEachSubscription);
      receipt(frame, receipt -> {});
      return;
    }
    if (transactions.keep(frame)) {
      receipt(frame, receipt -> {});
      return;
    }
    List<Published> stored = work.carryOut(List.of(frame));
    receipt(
        frame,
        receipt -> stored.forEach(each -> receipt.header("position", each.position().toString())));
  }

  private void forEachSubscription(Destination destination, Consumer<Subscription> action) {
    subscriptions.forEach(destination, action);
    if (relayed != null) {
      relayed.forEach(destination, action);
    }
  }

  private void commit(List<Frame> frames) {
    if (relayed == null) {
      work.carryOut(frames);
    } else {
      relayed.commit(frames);
    }
  }

  private void connect(Frame frame) {
    if (!frame.command().connects()) {
      throw PharosException.badRequest("the first frame must be CONNECT or STOMP");
    }
    Version agreed = Version.negotiate(frame.header("accept-version"));
    if (agreed == null) {
      String sentence = "no common version: supported are " + Version.supported();
      var error = ErrorFrame.of(Code.BAD_REQUEST, sentence).with(frame.header("receipt"));
      refuse(error.header("version", Version.supported()), CloseReason.PROTOCOL_ERROR, sentence);
      return;
    }
    version = agreed;
    decoder.negotiated(agreed);
    connection.negotiated(agreed);
    var client = HeartBeat.parse(agreed == Version.V1_0 ? null : frame.header("heart-beat"));
    Identity identity = credentials.of(frame);
    session.login(identity);
    if (relay != null) {
      RelayLink link = relay.open(agreed, new BehindRelay());
      session.whenClosed(link::close);
      relayed = new RelayedFrames(session, link, settings, agreed);
    }
    var server = new HeartBeat(settings.heartBeat(), settings.heartBeat());
    session.answer(
        connection.reply(
            Frame.of(Command.CONNECTED)
                .header("version", agreed.number())
                .header("session", session.id())
                .header("server", settings.server())
                .header("heart-beat", server.toString())
                .header("user-name", identity.user().value())
                .build()));
    Duration toClient = HeartBeat.interval(server, client);
    if (!toClient.isZero()) {
      session.liveness().beatEvery(toClient, LineEnd.INSTANCE);
    } else if (connection.pings()) {
      session.liveness().beatEvery(settings.ping(), Ping.INSTANCE);
    }
    fromClient = HeartBeat.interval(client, server);
    listen();
    // Until this frame is done with.
    session.liveness().allowSilence();
    state = State.CONNECTED;
  }

  private void listen() {
    var liveness = session.liveness();
    liveness.received(nanoTime.getAsLong());
    if (!fromClient.isZero()) {
      // One interval of grace, and a second for the way.
      liveness.closeAfterSilence(
          fromClient.multipliedBy(2).plusSeconds(1), CloseReason.HEARTBEAT_LOST);
    }
  }

  private void subscribe(Frame frame) {
    Feed feed = subscriptions.subscribe(frame, version, this::forEachSubscription);
    // The receipt comes first, so that the client knows its place before the first message.
    receipt(
        frame,
        receipt -> {
          receipt.headerIfPresent(
              "position", ResumeHeader.of(feed.subscription().pattern(), feed.positions()));
          if (!feed.atMostOnce().isEmpty()) {
            receipt.header("pharos-delivery", "at-most-once");
          }
        });
    feed.start();
  }

  private void disconnect(Frame frame) {
    state = State.DISCONNECTING;
    subscriptions.closeAll();
    transactions.abortAll();
    if (relayed != null) {
      relayed.finish();
    }
    if (frame.header("receipt") == null) {
      session.close(CloseReason.CLIENT_DONE);
      return;
    }
    receipt(frame, receipt -> {});
    awaitClose();
  }

  private void awaitClose() {
    session.liveness().received(nanoTime.getAsLong());
    session.liveness().closeAfterSilence(settings.disconnectGrace(), CloseReason.CLIENT_DONE);
  }

  /**
   * Answers a frame that was processed, if the client asked for it. Waits while the client leaves
   * its receipts unread: it cannot make the server keep more of them than fit into its outbox.
   */
  private void receipt(Frame frame, Consumer<Frame.Builder> more) {
    String id = frame.header("receipt");
    if (id == null) {
      return;
    }
    var receipt = Frame.of(Command.RECEIPT).header("receipt-id", id);
    more.accept(receipt);
    try {
      session.offerWhenRoom(connection.reply(receipt.build()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      session.close(CloseReason.SERVER_STOPPING);
    }
  }

  private void fail(PharosException failure, @Nullable String receiptId) {
    CloseReason reason =
        failure instanceof TokenExpiredException
            ? CloseReason.TOKEN_EXPIRED
            : ErrorFrame.closeReason(failure.code());
    ErrorFrame error =
        failure instanceof StompException unreadable
            ? ErrorFrame.of(unreadable)
            : ErrorFrame.of(failure.code(), failure.detail());
    refuse(error.with(receiptId), reason, failure.detail());
  }

  private void refuse(Frame.Builder error, CloseReason reason, String sentence) {
    LOG.log(
        System.Logger.Level.INFO,
        () -> "Session " + session + " refused: " + sentence.replaceAll("\\p{Cntrl}", "?"));
    connection.saidWhy();
    session.answer(connection.reply(error.build()));
    session.close(reason);
  }

  /** What comes from the broker behind, by its own thread. */
  private final class BehindRelay implements RelayClient {
    @Override
    public void frame(Frame frame) throws InterruptedException {
      session.offerWhenRoom(connection.reply(frame));
    }

    @Override
    public void refused(@Nullable String receiptId, String sentence) {
      fail(PharosException.badRequest(sentence), receiptId);
    }

    @Override
    public void lost() {
      fail(new PharosException(Code.UNAVAILABLE, "the connection to the broker is lost"), null);
    }

    @Override
    public void tooSlow() {
      session.close(CloseReason.SLOW_CONSUMER);
    }
  }
}
