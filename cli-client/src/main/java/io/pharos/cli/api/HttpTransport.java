package io.pharos.cli.api;

import java.io.IOException;
import java.net.CookieManager;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * HTTP/1.1 requests that wait for the head of the answer for a bounded time. Follows no redirect:
 * the token is for the server that was named.
 */
public final class HttpTransport {
  static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
  static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(30);

  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(CONNECT_TIMEOUT)
          .followRedirects(HttpClient.Redirect.NEVER)
          // By cookies, proxies keep the requests of a SockJS session with one node.
          .cookieHandler(new CookieManager())
          .build();

  /** Sends, and waits 30 s for the body handler's result. */
  public <T> HttpResponse<T> send(HttpRequest request, HttpResponse.BodyHandler<T> handler)
      throws IOException, InterruptedException {
    return send(request, handler, ANSWER_TIMEOUT);
  }

  /**
   * Sends and waits for the body handler's result.
   *
   * @param patience how long to wait; never more than 30 s
   * @throws IOException when there is no connection, it breaks, or no answer comes in time
   */
  public <T> HttpResponse<T> send(
      HttpRequest request, HttpResponse.BodyHandler<T> handler, Duration patience)
      throws IOException, InterruptedException {
    // Rounded up: whoever gives all the time that is left has none when this fails.
    long millis = Math.min(patience.plusNanos(999_999).toMillis(), ANSWER_TIMEOUT.toMillis());
    return await(client.sendAsync(request, handler), millis);
  }

  /** Sends and waits for the body handler's result, however long that takes. */
  public <T> HttpResponse<T> sendPatiently(HttpRequest request, HttpResponse.BodyHandler<T> handler)
      throws IOException, InterruptedException {
    return await(client.sendAsync(request, handler), Long.MAX_VALUE);
  }

  private static <T> T await(CompletableFuture<T> answer, long millis)
      throws IOException, InterruptedException {
    try {
      return answer.get(millis, TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw unwrapped(e);
    } catch (TimeoutException e) {
      throw new IOException("no answer within " + millis + " ms", e);
    } finally {
      // Ends the exchange when the wait was given up; does nothing to one that is complete.
      answer.cancel(true);
    }
  }

  private static IOException unwrapped(ExecutionException failure) {
    Throwable cause = failure.getCause();
    if (cause instanceof CompletionException && cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause instanceof IOException io ? io : new IOException(String.valueOf(cause), cause);
  }
}
