package io.pharos.cli.bench.wire;

/** Reads the answers to a publisher's pipelined requests. */
public final class HttpAnswers implements Conversation, HttpResponseListener {
  private final PublisherEvents events;
  private final HttpResponseDecoder http = new HttpResponseDecoder(this);
  private int status;
  private boolean last;

  public HttpAnswers(PublisherEvents events) {
    this.events = events;
  }

  @Override
  public void start() {
    events.ready();
  }

  @Override
  public void received(byte[] bytes, int offset, int length) {
    http.feed(bytes, offset, length);
  }

  @Override
  public void head(HttpHead head) {
    status = head.status();
    last = head.says("connection", "close");
  }

  @Override
  public void body(byte[] bytes, int offset, int length) {
    // The status says it all.
  }

  @Override
  public void end() {
    events.answered(status);
    if (last) {
      events.ending();
    }
  }
}
