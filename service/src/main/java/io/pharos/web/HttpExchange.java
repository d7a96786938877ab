package io.pharos.web;

import io.pharos.sockjs.Exchange;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.ServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicBoolean;

/** An HTTP answer that frames are written to; each flush makes a chunk of its own. */
final class HttpExchange implements Exchange {
  private final AsyncContext exchange;
  private final ServletResponse response;
  private final BlockingWrite blocking = new BlockingWrite();
  private final AtomicBoolean completed = new AtomicBoolean();

  /**
   * @param exchange without a timeout of its own
   * @param response with its headers set
   */
  HttpExchange(AsyncContext exchange, ServletResponse response) {
    this.exchange = exchange;
    this.response = response;
  }

  @Override
  public void begin() throws IOException {
    if (!response.isCommitted()) {
      put(new byte[0]);
    }
  }

  @Override
  public void write(String piece) throws IOException {
    // The head goes out by itself: what is flushed with it shares its chunk with what follows.
    begin();
    put(piece.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public void end(String piece) throws IOException {
    byte[] bytes = piece.getBytes(StandardCharsets.UTF_8);
    if (!response.isCommitted()) {
      response.setContentLength(bytes.length);
    }
    put(bytes);
    complete();
  }

  private void put(byte[] bytes) throws IOException {
    blocking.begin();
    try {
      if (bytes.length == 0) {
        response.flushBuffer();
        return;
      }
      ServletOutputStream out = response.getOutputStream();
      out.write(bytes);
      out.flush();
    } catch (IllegalStateException e) {
      throw new IOException("the exchange has ended", e);
    } finally {
      blocking.end();
    }
  }

  @Override
  public void abort() {
    complete();
    blocking.abort();
  }

  private void complete() {
    if (!completed.compareAndSet(false, true)) {
      return;
    }
    try {
      exchange.complete();
    } catch (IllegalStateException e) {
      // The container has ended it already.
      System.getLogger(HttpExchange.class.getName())
          .log(System.Logger.Level.DEBUG, "The exchange has ended: {0}", e.getMessage());
    }
  }
}
