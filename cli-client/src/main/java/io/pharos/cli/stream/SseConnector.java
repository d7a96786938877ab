package io.pharos.cli.stream;

import io.pharos.cli.api.Answers;
import io.pharos.cli.api.HttpTransport;
import io.pharos.cli.api.Login;
import io.pharos.cli.failure.CliException;
import io.pharos.cli.failure.UnexpectedAnswerException;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Flow;

/** Server-sent events, {@code GET /api/stream}. */
public final class SseConnector implements Connector {
  /** An event stream has one cursor for all of its destinations; this names it in a bookmark. */
  public static final String SOURCE = "stream";

  private final Login login;
  private final HttpTransport http;
  private final List<String> destinations;

  /** What came instead of a stream, or the stream. */
  private sealed interface Body {
    record Stream(Flow.Publisher<List<ByteBuffer>> chunks) implements Body {}

    record Text(String text) implements Body {}
  }

  public SseConnector(Login login, HttpTransport http, List<String> destinations) {
    this.login = login;
    this.http = http;
    this.destinations = destinations;
  }

  @Override
  public StreamConnection connect(Bookmark bookmark, Duration patience)
      throws IOException, InterruptedException {
    HttpResponse<Body> response = http.send(request(bookmark), SseConnector::body, patience);
    return switch (response.body()) {
      case Body.Stream stream -> follow(stream);
      case Body.Text text -> throw refused(response, text.text());
    };
  }

  private SseConnection follow(Body.Stream stream) {
    var inbox = new Inbox();
    var feed = new ChunkFeed(inbox);
    stream.chunks().subscribe(feed);
    return new SseConnection(inbox, feed, soleDestination(), System::nanoTime);
  }

  private HttpRequest request(Bookmark bookmark) {
    String[] query = new String[2 * destinations.size()];
    for (int i = 0; i < destinations.size(); i++) {
      query[2 * i] = "destination";
      query[2 * i + 1] = destinations.get(i);
    }
    var request =
        HttpRequest.newBuilder(login.server().resource("/api/stream", query))
            .header("Accept", "text/event-stream")
            .header("Cache-Control", "no-cache");
    String token = login.tokens().token();
    if (token != null) {
      request.header("Authorization", "Bearer " + token);
    }
    String cursor = bookmark.cursor(SOURCE);
    if (cursor != null && !cursor.isEmpty()) {
      request.header("Last-Event-ID", cursor);
    }
    return request.GET().build();
  }

  /** The one destination that all messages are of, or empty: an event does not say its own. */
  private String soleDestination() {
    boolean one = destinations.size() == 1 && destinations.getFirst().indexOf('*') < 0;
    return one ? destinations.getFirst() : "";
  }

  private static HttpResponse.BodySubscriber<Body> body(HttpResponse.ResponseInfo info) {
    String type = info.headers().firstValue("Content-Type").orElse("").toLowerCase(Locale.ROOT);
    return info.statusCode() == 200 && type.startsWith("text/event-stream")
        ? BodySubscribers.mapping(BodySubscribers.ofPublisher(), Body.Stream::new)
        : BodySubscribers.mapping(BodySubscribers.ofString(StandardCharsets.UTF_8), Body.Text::new);
  }

  private static IOException refused(HttpResponse<Body> response, String text) {
    return switch (response.statusCode()) {
      case 200 -> new UnexpectedAnswerException("the answer is not an event stream");
      case 204 ->
          throw CliException.notAuthorised(
              "the server has ended the stream for good: the token has expired, or its user was"
                  + " removed",
              "Get a new token, and go on with --since.");
      default -> Answers.refusal(response.statusCode(), response.headers(), text);
    };
  }
}
