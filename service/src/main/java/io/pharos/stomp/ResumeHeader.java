package io.pharos.stomp;

import io.pharos.hub.Resume;
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
 * destination that is not listed starts at its beginning.
 */
final class ResumeHeader {
  static final String NAME = "last-event-id";

  private ResumeHeader() {}

  static Resume parse(@Nullable String header, DestinationPattern pattern) {
    if (header == null || header.isEmpty()) {
      return Resume.NOW;
    }
    return pattern.isLiteral() ? Resume.after(position(header)) : places(header);
  }

  private static Resume places(String header) {
    String[] words = header.split(" ", -1);
    if (words.length % 2 != 0) {
      throw PharosException.badRequest(
          NAME + " of a pattern must be a list of 'DESTINATION POSITION', with blanks in between");
    }
    Map<String, Resume.Place> places = new HashMap<>();
    for (int i = 0; i < words.length; i += 2) {
      places.put(words[i], Resume.Place.at(position(words[i + 1])));
    }
    return (Resume.From)
        destination -> places.getOrDefault(destination.asSeenByClient(), Resume.Place.BEGINNING);
  }

  private static Position position(String token) {
    try {
      return Position.parse(token);
    } catch (PharosException e) {
      throw PharosException.badRequest(NAME + ": " + e.detail());
    }
  }
}
