package io.pharos.redis;

import io.pharos.broker.HistoryLimits;
import io.pharos.broker.Published;
import io.pharos.message.Destination;
import io.pharos.message.Position;
import io.pharos.message.Publication;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import redis.clients.jedis.CommandArguments;

/** One call of the publishing script: messages of one destination, perhaps of several callers. */
final class PublishCall {
  /** Bounds of one call, which Redis executes as one step. */
  private static final int MOST_MESSAGES = 256;

  private static final int MOST_BYTES = 1 << 20;

  private record Part(Job<PublishTask> job, int index) {
    Publication publication() {
      return job.task().publications().get(index);
    }
  }

  private final Destination destination;
  private final List<Part> parts = new ArrayList<>();
  private int bytes;

  PublishCall(Destination destination) {
    this.destination = destination;
  }

  Destination destination() {
    return destination;
  }

  boolean hasRoom() {
    return parts.size() < MOST_MESSAGES && bytes < MOST_BYTES;
  }

  void add(Job<PublishTask> job, int index) {
    var part = new Part(job, index);
    parts.add(part);
    bytes += part.publication().body().length();
  }

  CommandArguments command(Names names, LogSettings settings) {
    HistoryLimits limits = settings.limits(destination);
    var keys = new ArrayList<String>();
    for (Part part : parts) {
      String key = part.publication().idempotencyKey();
      if (key != null) {
        keys.add(names.idempotency(destination, key));
      }
    }
    CommandArguments call = Script.PUBLISH.call(2 + keys.size());
    call.key(names.log(destination)).key(names.stream(destination));
    keys.forEach(call::key);
    settings.addTo(call, limits);
    call.add(LogSettings.KEY_TTL.toMillis())
        .add("PUBLISH")
        .add(names.channel(destination))
        .add(destination.value());
    for (Part part : parts) {
      Publication publication = part.publication();
      call.add(publication.idempotencyKey() == null ? "0" : "1")
          .add(MessageHead.encode(publication))
          .add(publication.body().bytes());
    }
    return call;
  }

  /**
   * Tells the callers what the script returned.
   *
   * @return the time at which the destination must be put into the index, or 0
   */
  long answer(List<?> answer) {
    String epoch = new String((byte[]) answer.get(0), StandardCharsets.US_ASCII);
    for (int i = 0; i < parts.size(); i++) {
      long offset = (Long) answer.get(2 + i);
      var published = new Published(destination, new Position(epoch, Math.abs(offset)), offset < 0);
      parts.get(i).job().task().answer(parts.get(i).index(), published);
    }
    return (Long) answer.get(1);
  }

  void fail(RedisUnavailable why) {
    parts.forEach(part -> part.job().fail(why));
  }
}
