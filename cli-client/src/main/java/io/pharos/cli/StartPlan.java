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
      if (!start.since.equals(Mark.EARLIEST)) {
        Position.parse(start.since);
      }
    }
    if (start.all || start.last != null) {
      String option = start.all ? "--all" : "--last";
      destinations.forEach(destination -> checkHistory(option, destination));
      if (!single && !start.all && transport == Transport.SSE) {
        destinations.forEach(destination -> checkTopic(option, destination));
      }
    }
    return new StartPlan(start, destinations, transport);
  }

  /** Puts the beginning into the bookmark; leaves it as it is where that is now. */
  void placeIn(Bookmark bookmark, Api api) throws IOException, InterruptedException {
    String since = start.since;
    if (since != null) {
      bookmark.moveTo(new Mark(sources().getFirst(), since));
    } else if (start.all) {
      sources().forEach(source -> bookmark.moveTo(new Mark(source, Mark.EARLIEST)));
    } else if (start.last != null) {
      placeIn(bookmark, bounds(api), start.last);
    }
  }

  private void placeIn(Bookmark bookmark, Map<String, HistoryBounds> bounds, long last) {
    if (bounds.values().stream().allMatch(each -> isAll(each, last))) {
      sources().forEach(source -> bookmark.moveTo(new Mark(source, Mark.EARLIEST)));
    } else if (transport == Transport.SSE && bounds.size() > 1) {
      List<DestinationPattern> patterns =
          bounds.keySet().stream().map(DestinationPattern::new).toList();
      CursorTracker tracker = CursorTracker.of(StreamRequest.of(patterns));
      bounds.forEach((d, each) -> tracker.moveTo(Destination.of(d), each.beforeLast(last)));
      bookmark.moveTo(new Mark(SseConnector.SOURCE, tracker.token()));
    } else {
      bounds.forEach((d, each) -> bookmark.moveTo(new Mark(source(d), cursor(each, last))));
    }
  }

  /**
   * Where all that is retained is asked for, what goes meanwhile is not missed: there is no place
   * to name.
   */
  private static String cursor(HistoryBounds bounds, long last) {
    return isAll(bounds, last) ? Mark.EARLIEST : bounds.beforeLast(last).toString();
  }

  private static boolean isAll(HistoryBounds bounds, long last) {
    return last > 0 && bounds.beforeLast(last).equals(bounds.start());
  }

  private List<String> sources() {
    return transport == Transport.SSE ? List.of(SseConnector.SOURCE) : destinations;
  }

  private String source(String destination) {
    return transport == Transport.SSE ? SseConnector.SOURCE : destination;
  }

  private Map<String, HistoryBounds> bounds(Api api) throws IOException, InterruptedException {
    Map<String, HistoryBounds> bounds = new LinkedHashMap<>();
    for (String destination : destinations) {
      bounds.put(destination, HistoryBounds.of(api, destination));
    }
    return bounds;
  }

  private static void checkHistory(String option, String destination) {
    Destinations.checkLiteral(option, destination);
    if (destination.startsWith("/queue/")) {
      throw CliException.usage(
          option + " needs a destination with a history, not the work queue '" + destination + "'");
    }
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
