package io.pharos.sockjs;

import io.pharos.sockjs.SessionTable.Entry;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A service at one base: answers every request below it. Safe for use by many threads.
 *
 * @param <C> what is known of a client from its request
 */
public final class SockJsServer<C> {
  private final SockJsSettings settings;
  private final SockJsService<C> service;
  private final Executor executor;
  private final LongSupplier nanoTime;
  private final SessionTable<C> sessions = new SessionTable<>();
  private final Cors cors;
  private final Caching caching;
  private final InfoPage info;
  private final @Nullable IframePage iframe;
  private final Sending sending;

  /**
   * @param executor runs what may block on a client: a virtual thread a task
   * @param clock for dates in answers
   * @param nanoTime a clock that never goes back, in nanoseconds
   */
  public SockJsServer(
      SockJsSettings settings,
      SockJsService<C> service,
      Executor executor,
      Clock clock,
      LongSupplier nanoTime) {
    this.settings = settings;
    this.service = service;
    this.executor = executor;
    this.nanoTime = nanoTime;
    this.cors = new Cors(settings.anyOrigin());
    this.caching = new Caching(clock);
    this.info = new InfoPage(settings, new SecureRandom());
    String client = settings.clientUrl();
    this.iframe = client != null && settings.hasIframe() ? new IframePage(client, caching) : null;
    this.sending = new Sending(settings.bodyLimit());
  }

  public SockJsSettings settings() {
    return settings;
  }

  /** Looks at the clocks of all sessions. To be called some times a second; never blocks. */
  public void tick() {
    sessions.tick(nanoTime.getAsLong());
  }

  /** How many sessions there are, with those that only tell their clients that they are closed. */
  public int sessions() {
    return sessions.size();
  }

  /**
   * Answers a request. Blocks only to read its body.
   *
   * @param client finds out who sent it; asked only where it matters
   */
  public Reply answer(Request request, Supplier<C> client) throws IOException {
    String path = request.path();
    if (path.isEmpty() || path.equals("/")) {
      return page(request, Answer.text(200, "Welcome to SockJS!\n"));
    }
    if (path.equals("/info")) {
      return request.method().equals("OPTIONS")
          ? new Reply.Now(cors.apply(request, caching.preflight("OPTIONS, GET")))
          : page(request, cors.apply(request, info.answer()));
    }
    if (IframePage.isAt(path)) {
      return page(
          request,
          iframe == null ? Answer.notFound() : iframe.answer(request.header("If-None-Match")));
    }
    SessionPath session = SessionPath.parse(path);
    return session == null ? new Reply.Now(Answer.notFound()) : session(request, session, client);
  }

  private static Reply page(Request request, Answer answer) {
    boolean reads = request.method().equals("GET") || request.method().equals("HEAD");
    return new Reply.Now(reads ? answer : Answer.of(405).with("Allow", "GET"));
  }

  private Reply session(Request request, SessionPath path, Supplier<C> client) throws IOException {
    Transport transport = path.transport();
    boolean offered =
        transport == Transport.WEBSOCKET
            ? settings.webSocket()
            : settings.anyOrigin() || !transport.ignoresOrigins();
    if (!offered) {
      return new Reply.Now(Answer.notFound());
    }
    if (transport.isXhr() && request.method().equals("OPTIONS")) {
      return new Reply.Now(decorate(request, caching.preflight("OPTIONS, " + transport.method())));
    }
    if (!transport.method().equals(request.method())) {
      String allow = transport.isXhr() ? "OPTIONS, POST" : transport.method();
      return new Reply.Now(Answer.of(405).with("Allow", allow));
    }
    return switch (transport) {
      case WEBSOCKET -> new Reply.Now(noUpgrade(request));
      case XHR_SEND, JSONP_SEND -> send(request, path, client);
      case XHR -> receive(request, path, client, Framing.xhr());
      case XHR_STREAMING -> receive(request, path, client, Framing.xhrStreaming());
      case EVENTSOURCE -> receive(request, path, client, Framing.eventSource());
      case HTMLFILE, JSONP -> callback(request, path, client);
    };
  }

  private static Answer noUpgrade(Request request) {
    return "websocket".equalsIgnoreCase(request.header("Upgrade"))
        ? Answer.text(400, "\"Connection\" must be \"Upgrade\".")
        : Answer.text(400, "Can \"Upgrade\" only to \"WebSocket\".");
  }

  private Reply send(Request request, SessionPath path, Supplier<C> client) throws IOException {
    Entry<C> found = sessions.find(path.session());
    if (found == null
        || !found.session().isOpen()
        || !service.isSame(found.opener(), client.get())) {
      return new Reply.Now(decorate(request, Answer.notFound().notCached()));
    }
    Reply reply = sending.reply(request, found.session().inbound(), path.transport());
    return switch (reply) {
      case Reply.Now now -> new Reply.Now(decorate(request, now.answer().notCached()));
      case Reply.Later later ->
          new Reply.Later(() -> decorate(request, later.answer().get().notCached()));
      case Reply.Receive receive -> receive;
    };
  }

  private Reply callback(Request request, SessionPath path, Supplier<C> client) {
    Form query = new Form(request.query());
    String name = query.value("c");
    name = name == null ? query.value("callback") : name;
    if (name == null || name.isEmpty()) {
      return new Reply.Now(
          decorate(request, Answer.text(500, "\"callback\" parameter required").notCached()));
    }
    if (!Callback.isName(name)) {
      return new Reply.Now(
          decorate(request, Answer.text(500, "invalid \"callback\" parameter").notCached()));
    }
    var callback = new Callback(name);
    return receive(
        request,
        path,
        client,
        path.transport() == Transport.JSONP ? Framing.jsonp(callback) : Framing.htmlFile(callback));
  }

  private Reply receive(Request request, SessionPath path, Supplier<C> supplier, Framing framing) {
    C client = supplier.get();
    Entry<C> found = sessions.find(path.session());
    if (found != null && !service.isSame(found.opener(), client)) {
      return new Reply.Now(decorate(request, Answer.notFound().notCached()));
    }
    Answer answer =
        Answer.of(200, framing.contentType(), "")
            .notCached()
            .with("X-Content-Type-Options", "nosniff");
    Answer head = decorate(request, polls(path.transport()) ? answer : streamed(answer));
    return new Reply.Receive(
        head, exchange -> attach(path, client, receiver(path.transport(), framing, exchange)));
  }

  private static boolean polls(Transport transport) {
    return transport == Transport.XHR || transport == Transport.JSONP;
  }

  /**
   * A stream is the last thing on its connection: one that was given up must not look as if it had
   * ended well. Proxies are to pass its pieces on as they come.
   */
  private static Answer streamed(Answer answer) {
    return answer.with("Connection", "close").with("X-Accel-Buffering", "no");
  }

  private Receiver receiver(Transport transport, Framing framing, Exchange exchange) {
    return polls(transport)
        ? Receiver.poll(framing, exchange)
        : Receiver.stream(framing, settings.streamLimit(), exchange);
  }

  private void attach(SessionPath path, C client, Receiver receiver) {
    Entry<C> found = sessions.find(path.session());
    if (found == null) {
      CloseStatus refusal = service.refusal(client);
      if (refusal != null) {
        executor.execute(() -> receiver.refuse(refusal));
        return;
      }
      Entry<C> opened = new Entry<>(newSession(path.transport()), client);
      if (sessions.addIfFree(path.session(), opened)) {
        executor.execute(() -> start(opened, receiver));
        return;
      }
      found = sessions.find(path.session());
    }
    if (found == null
        || !service.isSame(found.opener(), client)
        || !found.session().attach(receiver)) {
      // It came or went in this very moment.
      executor.execute(() -> receiver.refuse(CloseStatus.INTERRUPTED));
    }
  }

  private void start(Entry<C> opened, Receiver receiver) {
    opened.session().start(service.open(opened.session(), opened.opener()));
    if (!opened.session().attach(receiver)) {
      receiver.refuse(CloseStatus.INTERRUPTED);
    }
  }

  /**
   * Starts with a client that comes over a WebSocket. May block.
   *
   * @param socket open; ends with the session
   */
  public SockJsSocket open(Exchange socket, C client) {
    Session session = newSession(Transport.WEBSOCKET);
    sessions.addUnnamed(new Entry<>(session, client));
    session.start(service.open(session, client));
    boolean attached = session.attach(Receiver.socket(socket));
    if (!attached) {
      socket.abort();
    }
    return new SocketSession(session, socket);
  }

  private Session newSession(Transport transport) {
    return new Session(transport, settings, executor, nanoTime);
  }

  private Answer decorate(Request request, Answer answer) {
    Answer result = cors.apply(request, answer);
    return settings.cookieNeeded() ? Cookie.set(request.header("Cookie"), result) : result;
  }
}
