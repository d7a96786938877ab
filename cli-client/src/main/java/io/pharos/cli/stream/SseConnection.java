package io.pharos.cli.stream;

import io.pharos.cli.failure.CliException;
import io.pharos.cli.failure.ServerRefusedException;
import io.pharos.cli.stream.StreamEvent.Connected;
import io.pharos.cli.stream.StreamEvent.Expired;
import io.pharos.cli.stream.StreamEvent.Gap;
import io.pharos.cli.stream.StreamEvent.Moved;
import io.pharos.cli.stream.StreamEvent.Received;
import io.pharos.cli.stream.StreamEvent.RetryDelay;
import io.pharos.message.Body;
import io.pharos.session.CloseReason;
import io.pharos.sse.EventStreamHandler;
import io.pharos.sse.EventStreamParser;
import io.pharos.sse.ServerSentEvent;
import java.io.EOFException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Turns the bytes of an event stream into events. */
final class SseConnection implements StreamConnection, EventStreamHandler {

  static final String SOURCE = SseConnector.SOURCE;

  /** More than two of the server's heart-beats, which come every 25 s. */
  static final Duration MAX_SILENCE = Duration.ofSeconds(60);

  /** Begins the comment that says where to go on, which the ids have said already. */
  private static final String PLACE = "Resume after ";

  private static final int MAX_EVENT = 8 << 20;

  private final SilenceWatch input;
  private final ChunkFeed feed;
  private final String destination;
  private final EventStreamParser parser = new EventStreamParser(MAX_EVENT, this);
  private List<StreamEvent> events = new ArrayList<>();
  private String lastId = "";
  private boolean connected;

  /** The last comment that no event followed; empty when there is none. */
  private String lastWord = "";

  /**
   * @param destination what all messages are of, or empty when an event does not tell
   */
  SseConnection(Inbox inbox, ChunkFeed feed, String destination, LongSupplier nanoTime) {
    this.input = new SilenceWatch(inbox, MAX_SILENCE, nanoTime);
    this.feed = feed;
    this.destination = destination;
  }

  @Override
  public List<StreamEvent> read(Duration patience) throws IOException, InterruptedException {
    byte[] chunk = readChunk(patience);
    parser.feed(chunk, 0, chunk.length);
    String id = parser.lastEventId();
    if (!id.equals(lastId)) {
      lastId = id;
      events.add(new Moved(new Mark(SOURCE, id)));
    }
    List<StreamEvent> complete = events;
    events = new ArrayList<>();
    return complete;
  }

  private byte[] readChunk(Duration patience) throws IOException, InterruptedException {
    try {
      return input.read(patience);
    } catch (EOFException e) {
      throw ended(e);
    }
  }

  /**
   * What the end of the stream means: the server's last comment tells why.
   *
   * @return the failure after which trying again may help
   * @throws CliException when it cannot
   */
  private IOException ended(EOFException end) {
    if (lastWord.equals(CloseReason.KICKED.text())) {
      throw CliException.failed("the server refused: " + lastWord, null);
    }
    if (lastWord.isEmpty()) {
      return end;
    }
    return connected
        ? new EOFException(end.getMessage() + ": " + lastWord)
        : new ServerRefusedException(503, lastWord, null);
  }

  @Override
  public void comment(String text) {
    if (!text.isBlank() && !text.startsWith(PLACE)) {
      lastWord = text;
    }
  }

  @Override
  public void event(ServerSentEvent event) {
    lastId = event.id();
    lastWord = "";
    Mark mark = event.id().isEmpty() ? null : new Mark(SOURCE, event.id());
    switch (event.event()) {
      case "connected" -> {
        connected = true;
        if (mark != null) {
          events.add(new Moved(mark));
        }
        var data = ControlData.parse(event.data());
        events.add(new Connected(data.get("user"), data.list("atMostOnce")));
      }
      case "gap" -> {
        var data = ControlData.parse(event.data());
        String reason = data.get("reason");
        events.add(
            new Gap(
                mark,
                data.get("destination"),
                data.get("position"),
                reason == null ? "messages were missed" : reason));
      }
      case "expired" -> events.add(new Expired());
      default -> events.add(received(event, mark));
    }
  }

  @Override
  public void retry(Duration delay) {
    events.add(new RetryDelay(delay));
  }

  @Override
  public void close() {
    feed.cancel();
  }

  private Received received(ServerSentEvent event, @Nullable Mark mark) {
    boolean known = !destination.isEmpty();
    return new Received(
        mark,
        known && mark != null ? mark.cursor() : null,
        known ? destination : null,
        event.event(),
        null,
        Map.of(),
        Body.of(event.data()),
        null);
  }
}
