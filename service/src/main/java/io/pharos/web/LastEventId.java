package io.pharos.web;

import io.pharos.hub.Resume;
import io.pharos.message.PharosException;
import io.pharos.sse.Cursor;
import io.pharos.sse.StreamRequest;
import jakarta.servlet.http.HttpServletRequest;

/**
 * Where a client of an event stream left off: the header {@code Last-Event-ID}, else the query
 * parameter {@code lastEventId} (or {@code last_event_id}), for clients that cannot set a header at
 * their first connect.
 */
final class LastEventId {
  private LastEventId() {}

  /**
   * Reads it. A header that makes no sense is a position that is unknown, which the client is told
   * by a {@code gap}: an error would end its stream for good. A parameter that makes no sense was
   * written by somebody, and is refused.
   */
  static Resume of(HttpServletRequest request, StreamRequest wanted) {
    String header = request.getHeader("Last-Event-ID");
    if (header != null && !header.isEmpty()) {
      try {
        return parse(header, wanted);
      } catch (PharosException e) {
        return Resume.unknown();
      }
    }
    String parameter = request.getParameter("lastEventId");
    if (parameter == null) {
      parameter = request.getParameter("last_event_id");
    }
    return parameter == null || parameter.isEmpty() ? Resume.NOW : parse(parameter, wanted);
  }

  private static Resume parse(String token, StreamRequest wanted) {
    return token.equals(Resume.EARLIEST_TOKEN) ? Resume.EARLIEST : Cursor.parse(token, wanted);
  }
}
