package io.pharos.cli.bench.wire;

import io.pharos.cli.sockjs.FrameDecoder;
import io.pharos.cli.sockjs.FrameListener;
import io.pharos.cli.sockjs.MalformedFrameException;
import io.pharos.cli.sockjs.Scratch;

/**
 * A client's side of STOMP 1.2 over a SockJS session. The session goes on from one streaming answer
 * to the next, over the same connection or, where the server closes that between two answers, over
 * another.
 */
final class SockJsClient implements Conversation, HttpResponseListener, FrameListener {
  private static final int SENT = 204;
  private static final int MAX_FRUITLESS = 3;

  /** How far the answer is that is being received. */
  private enum Stage {
    ASKED,
    BEGUN,
    ENDED
  }

  private final SockJsRequests requests;
  private final byte[] receive;
  private final Line line;
  private final Courier courier;
  private final StompScanner scanner;
  private final StreamEvents events;
  private final FrameDecoder frames;
  private HttpResponseDecoder http = new HttpResponseDecoder(this);
  private Stage stage = Stage.ASKED;
  private boolean last;
  private boolean opened;
  private boolean closed;
  private int fruitless;

  SockJsClient(
      SockJsRequests requests,
      Line line,
      Courier courier,
      StompScanner scanner,
      StreamEvents events,
      Scratch scratch) {
    this.requests = requests;
    this.receive = requests.receive();
    this.line = line;
    this.courier = courier;
    this.scanner = scanner;
    this.events = events;
    this.frames = new FrameDecoder(this, scratch);
  }

  @Override
  public void start() {
    http = new HttpResponseDecoder(this);
    ask();
  }

  @Override
  public void received(byte[] bytes, int offset, int length) {
    http.feed(bytes, offset, length);
  }

  @Override
  public boolean goesOn() {
    fruitless++;
    return opened && !closed && stage != Stage.BEGUN && fruitless <= MAX_FRUITLESS;
  }

  /** Sends a STOMP frame. */
  void send(String frame) {
    courier.send(requests.send(frame), this::sent);
  }

  private void sent(int status) {
    if (status != SENT) {
      String what = status == Courier.NO_ANSWER ? "did not answer" : "answered " + status + " to";
      line.fail(new WireException("the server " + what + " an xhr_send", status));
    }
  }

  private void ask() {
    stage = Stage.ASKED;
    line.send(receive);
  }

  @Override
  public void head(HttpHead head) {
    if (head.status() != 200) {
      throw new WireException("the server answered " + head.status() + " to a SockJS stream", head);
    }
    stage = Stage.BEGUN;
    fruitless = 0;
    last = head.says("connection", "close");
  }

  @Override
  public void body(byte[] bytes, int offset, int length) {
    try {
      frames.feed(bytes, offset, length);
    } catch (MalformedFrameException e) {
      throw new WireException(String.valueOf(e.getMessage()));
    }
  }

  @Override
  public void end() {
    stage = Stage.ENDED;
    if (closed) {
      throw new WireException("the server has closed the session");
    }
    if (!last) {
      ask();
    }
  }

  @Override
  public void opened() {
    if (opened) {
      throw new WireException("the server has lost the session");
    }
    opened = true;
    send(requests.connect());
  }

  @Override
  public void text(byte[] bytes, int offset, int length) {
    scanner.feed(bytes, offset, length);
  }

  @Override
  public void closed(int code, String reason) {
    closed = true;
    events.ended("closed with " + code + (reason.isEmpty() ? "" : ", " + reason));
  }
}
