package io.pharos.cli;

import io.pharos.cli.api.Api;
import io.pharos.cli.failure.CliException;
import io.pharos.cli.stream.Bookmark;
import io.pharos.cli.stream.Mark;
import io.pharos.cli.stream.SseConnector;
import io.pharos.message.Destination;
import io.pharos.message.DestinationPattern;
import io.pharos.message.Position;
import io.pharos.sse.CursorTracker;
import io.pharos.sse.StreamRequest;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Where a subscriber begins, turned into the cursors that the transport resumes with. */
final class StartPlan {
  private final StartOptions start;
  private final List<String> destinations;
  private final Transport transport;

  private StartPlan(StartOptions start, List<String> destinations, Transport transport) {
    this.start = start;
    this.destinations = destinations;
    this.transport = transport;
  }

  /** Checks the options against each other. */
  static StartPlan of(StartOptions start, List<String> destinations, Transport transport) {
    if (start.last != null && start.last < 0) {
      throw CliException.usage("--last must not be negative");
    }
    boolean single = destinations.size() == 1 && destinations.getFirst().indexOf('*') < 0;
    if (start.since != null && (single || transport != Transport.SSE)) {
      if (!single) {
        throw CliException.usage("--since needs one destination, without wildcards");
      }
      Position.parse(start.since);
    }
    if (start.all || start.last != null) {
      String option = start.all ? "--all" : "--last";
      destinations.forEach(destination -> Destinations.checkLiteral(option, destination));
      if (!single && transport == Transport.SSE) {
        destinations.forEach(destination -> checkTopic(option, destination));
      }
    }
    return new StartPlan(start, destinations, transport);
  }

  /** Puts the beginning into the bookmark; leaves it as it is where that is now. */
  void placeIn(Bookmark bookmark, Api api) throws IOException, InterruptedException {
    String since = start.since;
    if (since != null) {
      bookmark.moveTo(new Mark(source(), since));
    } else if (start.all || start.last != null) {
      placeIn(bookmark, positions(api));
    }
  }

  private void placeIn(Bookmark bookmark, Map<String, Position> positions) {
    if (transport != Transport.SSE) {
      positions.forEach((d, position) -> bookmark.moveTo(new Mark(d, position.toString())));
    } else if (positions.size() == 1) {
      Position position = positions.values().iterator().next();
      bookmark.moveTo(new Mark(SseConnector.SOURCE, position.toString()));
    } else {
      List<DestinationPattern> patterns =
          positions.keySet().stream().map(DestinationPattern::new).toList();
      CursorTracker tracker = CursorTracker.of(StreamRequest.of(patterns));
      positions.forEach((d, position) -> tracker.moveTo(Destination.of(d), position));
      bookmark.moveTo(new Mark(SseConnector.SOURCE, tracker.token()));
    }
  }

  private String source() {
    return transport != Transport.SSE ? destinations.getFirst() : SseConnector.SOURCE;
  }

  private Map<String, Position> positions(Api api) throws IOException, InterruptedException {
    Map<String, Position> positions = new LinkedHashMap<>();
    for (String destination : destinations) {
      HistoryBounds bounds = HistoryBounds.of(api, destination);
      positions.put(
          destination, start.last == null ? bounds.start() : bounds.beforeLast(start.last));
    }
    return positions;
  }

  /** A user's queue has a name in the composite cursor that only the server knows. */
  private static void checkTopic(String option, String destination) {
    if (destination.startsWith("/user/")) {
      throw CliException.usage(
          option
              + " with several destinations, '"
              + destination
              + "' among them, needs --transport stomp");
    }
  }
}
