package io.pharos.cli.stream;

import io.pharos.cli.api.Answers;
import io.pharos.cli.api.HttpTransport;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A SockJS session over HTTP: one request after the other for what the server has to say, and one
 * for each message to it. An answer that ends in good order is no loss, since the session keeps
 * what comes until the next request.
 */
final class XhrLink implements Link {
  private static final int OK = 200;
  private static final int NO_CONTENT = 204;
  private static final int NOT_FOUND = 404;
  private static final Duration SEND_PATIENCE = Duration.ofSeconds(30);

  /** SockJS has no word for it: without this one the server keeps the session for a while. */
  private static final String GOODBYE = "DISCONNECT\n\n\0";

  private static final Duration GOODBYE_PATIENCE = Duration.ofSeconds(1);

  private final HttpTransport http;
  private final SockJsRequests requests;
  private final SockJsTransport transport;
  private final SockJsInput input;
  private final Thread receiver;
  private final ReentrantLock sending = new ReentrantLock();

  private XhrLink(
      HttpTransport http, SockJsRequests requests, SockJsTransport transport, SockJsInput input) {
    this.http = http;
    this.requests = requests;
    this.transport = transport;
    this.input = input;
    this.receiver = Thread.ofVirtual().name("sockjs-receiver").unstarted(this::receive);
  }

  /** Begins to receive: the first frame opens the session. */
  static Link open(
      HttpTransport http, SockJsRequests requests, SockJsTransport transport, SockJsInput input) {
    var link = new XhrLink(http, requests, transport, input);
    link.receiver.start();
    return link;
  }

  @Override
  public void send(String text) throws IOException, InterruptedException {
    send(text, SEND_PATIENCE);
  }

  @Override
  public void close() {
    if (input.isLive()) {
      try {
        send(GOODBYE, GOODBYE_PATIENCE);
      } catch (IOException e) {
        // It is gone already, or will be given up by the server.
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    input.end(new IOException("closed"));
    receiver.interrupt();
  }

  /** One message at a time, so that they arrive in order. */
  private void send(String text, Duration patience) throws IOException, InterruptedException {
    sending.lockInterruptibly();
    try {
      HttpResponse<String> answer =
          http.send(requests.send(text), BodyHandlers.ofString(StandardCharsets.UTF_8), patience);
      if (answer.statusCode() == NOT_FOUND) {
        throw new IOException("the server has lost the session");
      }
      if (answer.statusCode() != NO_CONTENT) {
        throw Answers.refusal(answer.statusCode(), answer.headers(), answer.body());
      }
    } finally {
      sending.unlock();
    }
  }

  private void receive() {
    try {
      while (!input.isOver()) {
        receiveOnce();
      }
    } catch (IOException e) {
      input.end(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void receiveOnce() throws IOException, InterruptedException {
    HttpResponse<InputStream> answer =
        http.sendPatiently(requests.receive(transport), BodyHandlers.ofInputStream());
    try (InputStream body = answer.body()) {
      if (answer.statusCode() != OK) {
        String text = new String(body.readNBytes(1000), StandardCharsets.UTF_8);
        throw Answers.refusal(answer.statusCode(), answer.headers(), text);
      }
      byte[] buffer = new byte[8192];
      for (int count = body.read(buffer); count >= 0; count = body.read(buffer)) {
        input.feed(buffer, count);
      }
    }
  }
}
