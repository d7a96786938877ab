package io.pharos.stomp;

import io.pharos.hub.Resume;
import io.pharos.message.Destination;
import io.pharos.message.DestinationPattern;
import io.pharos.message.PharosException;
import io.pharos.message.Position;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The header {@code last-event-id} of SUBSCRIBE: where the client left off. For one destination it
 * is the {@code message-id} or {@code position} of the last message received; for a pattern it is a
 * list of {@code DESTINATION POSITION} with blanks in between, as the messages named them, and a
 * destination that is not listed starts at its beginning. {@code beginning} is the list that names
 * none: nothing matched the pattern yet. {@code earliest} asks for everything that is retained. A
 * handler's answer has no place in any log: whoever names one is told of a gap.
 */
final class ResumeHeader {
  static final String NAME = "last-event-id";

  /** An empty list; as an empty header, it could not be told from none. */
  private static final String BEGINNING = "beginning";

  /** Longest list that a receipt carries; a client must be able to send it back as one header. */
  private static final int MAX_LIST = 4096;

  private ResumeHeader() {}

  /**
   * What the receipt of a subscription tells, in the form that the client can send back: after
   * which positions it begins. Null when a pattern takes in too many destinations, and for a work
   * queue, which has no positions.
   */
  static @Nullable String of(DestinationPattern pattern, Map<Destination, Position> positions) {
    if (pattern.isLiteral() && positions.isEmpty()) {
      return null;
    }
    var list = new StringBuilder();
    for (Map.Entry<Destination, Position> place : positions.entrySet()) {
      if (pattern.isLiteral()) {
        return place.getValue().toString();
      }
      list.append(list.isEmpty() ? "" : " ").append(place.getKey().asSeenByClient());
      list.append(' ').append(place.getValue());
      if (list.length() > MAX_LIST) {
        return null;
      }
    }
    return list.isEmpty() ? BEGINNING : list.toString();
  }

  static Resume parse(@Nullable String header, DestinationPattern pattern) {
    if (header == null || header.isEmpty()) {
      return Resume.NOW;
    }
    if (header.equals(Resume.EARLIEST_TOKEN)) {
      return Resume.EARLIEST;
    }
    if (pattern.isLiteral()) {
      Resume.Place place = place(header);
      return (Resume.From) destination -> place;
    }
    return header.equals(BEGINNING)
        ? (Resume.From) destination -> Resume.Place.BEGINNING
        : places(header);
  }

  private static Resume places(String header) {
    String[] words = header.split(" ", -1);
    if (words.length % 2 != 0) {
      throw PharosException.badRequest(
          NAME + " of a pattern must be a list of 'DESTINATION POSITION', with blanks in between");
    }
    Map<String, Resume.Place> places = new HashMap<>();
    for (int i = 0; i < words.length; i += 2) {
      places.put(words[i], place(words[i + 1]));
    }
    return (Resume.From)
        destination -> places.getOrDefault(destination.asSeenByClient(), Resume.Place.BEGINNING);
  }

  private static Resume.Place place(String token) {
    if (HandlerCalls.isAnswer(token)) {
      return Resume.Place.UNKNOWN;
    }
    try {
      return Resume.Place.at(Position.parse(token));
    } catch (PharosException e) {
      throw PharosException.badRequest(NAME + ": " + e.detail());
    }
  }
}
