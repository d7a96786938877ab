package io.pharos.web;

import io.pharos.message.PharosException;
import io.pharos.sockjs.Answer;
import io.pharos.sockjs.Reply;
import io.pharos.sockjs.SockJsServer;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;

/**
 * A SockJS base as a servlet, to be mapped to {@code /base/*} with asynchronous answers. No thread
 * of the container is held while a client waits.
 *
 * @param <C> what is known of a client from its request
 */
public abstract class SockJsServlet<C> extends HttpServlet {
  private static final long serialVersionUID = 1L;

  /**
   * A frame up to this many bytes is one chunk. The container takes memory for what is written, not
   * for as much as this.
   */
  private static final int LARGEST_CHUNK = 2 << 20;

  /** What answers. */
  protected abstract SockJsServer<C> server();

  /**
   * Who sends a request.
   *
   * @throws PharosException when it is not to be listened to
   */
  protected abstract C client(HttpServletRequest request);

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    Reply reply;
    try {
      reply = server().answer(new ServletRequestView(request), () -> client(request));
    } catch (PharosException e) {
      Problem.of(e).writeTo(response);
      return;
    }
    switch (reply) {
      case Reply.Now now -> write(now.answer(), response);
      case Reply.Later later -> answerLater(begin(request), later.answer());
      case Reply.Receive receive -> {
        head(receive.head(), response);
        response.setBufferSize(LARGEST_CHUNK);
        receive.attach().accept(new HttpExchange(begin(request), response));
      }
    }
  }

  private static AsyncContext begin(HttpServletRequest request) {
    AsyncContext exchange = request.startAsync();
    exchange.setTimeout(0);
    return exchange;
  }

  private static void answerLater(AsyncContext exchange, Supplier<Answer> answer) {
    var response = (HttpServletResponse) exchange.getResponse();
    Thread.ofVirtual()
        .start(
            () -> {
              try {
                write(answer.get(), response);
              } catch (IOException e) {
                System.getLogger(SockJsServlet.class.getName())
                    .log(System.Logger.Level.DEBUG, "An answer was not read: {0}", e.getMessage());
              } finally {
                exchange.complete();
              }
            });
  }

  private static void head(Answer answer, HttpServletResponse response) {
    response.setStatus(answer.status());
    answer.headers().forEach(response::setHeader);
  }

  private static void write(Answer answer, HttpServletResponse response) throws IOException {
    head(answer, response);
    byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
    if (answer.status() != HttpServletResponse.SC_NO_CONTENT
        && answer.status() != HttpServletResponse.SC_NOT_MODIFIED) {
      response.setContentLength(body.length);
    }
    if (body.length > 0) {
      response.getOutputStream().write(body);
    }
  }
}
