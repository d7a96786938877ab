package io.pharos.cli;

import io.pharos.cli.api.Api;
import io.pharos.cli.failure.UnexpectedAnswerException;
import io.pharos.message.Position;
import jakarta.json.JsonObject;
import java.io.IOException;

/**
 * Between which positions a destination's messages are retained.
 *
 * @param start before the earliest one
 * @param newest of the newest one
 */
record HistoryBounds(Position start, Position newest) {

  static HistoryBounds of(Api api, String destination) throws IOException, InterruptedException {
    JsonObject bounds = api.history(destination, null, 0);
    return new HistoryBounds(position(bounds, "start"), position(bounds, "position"));
  }

  /** After which position the last so many messages come, as far as they are retained. */
  Position beforeLast(long count) {
    long offset = Math.max(start.offset(), newest.offset() - Math.min(count, newest.offset()));
    return new Position(newest.epoch(), offset);
  }

  private static Position position(JsonObject bounds, String name) throws IOException {
    String position = bounds.getString(name, null);
    if (position == null) {
      throw new UnexpectedAnswerException("the history has no '" + name + "'");
    }
    return Position.parse(position);
  }
}
