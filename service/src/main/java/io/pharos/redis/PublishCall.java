package io.pharos.redis;

import io.pharos.broker.Published;
import io.pharos.message.Destination;
import io.pharos.message.Position;
import io.pharos.message.Publication;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.exceptions.JedisDataException;

/** One call of the publishing script: messages of one destination, perhaps of several callers. */
final class PublishCall {
  private record Part(PublishTask task, int index) {
    Publication publication() {
      return task.publications().get(index);
    }
  }

  private final Destination destination;
  private final boolean asking;
  private final List<Part> parts = new ArrayList<>();
  private final CallSize size = new CallSize();
  private CallSize lastTask = new CallSize();

  /**
   * @param asking as {@link PublishTask#asking} says
   */
  PublishCall(Destination destination, boolean asking) {
    this.destination = destination;
    this.asking = asking;
  }

  /**
   * Whether a publication of this task can join. What one task wants is kept together as far as it
   * fits into a call: a call that is refused is made again, and must not be passed by its rest.
   */
  boolean hasRoom(PublishTask task) {
    return asking == task.asking()
        && (size.hasRoom()
            || !parts.isEmpty() && parts.getLast().task() == task && lastTask.hasRoom());
  }

  void add(PublishTask task, int index) {
    if (parts.isEmpty() || parts.getLast().task() != task) {
      lastTask = new CallSize();
    }
    var part = new Part(task, index);
    parts.add(part);
    size.add(part.publication());
    lastTask.add(part.publication());
  }

  List<CommandArguments> commands(PublishCalls calls) {
    CommandArguments call =
        calls.command(destination, parts.stream().map(Part::publication).toList());
    return asking ? List.of(CommandLink.ASKING, call) : List.of(call);
  }

  /** Tells the callers what the script returned. */
  void answer(List<?> answer) {
    String epoch = new String((byte[]) answer.get(0), StandardCharsets.US_ASCII);
    boolean noted = (Long) answer.get(1) == 0;
    for (int i = 0; i < parts.size(); i++) {
      Part part = parts.get(i);
      long offset = (Long) answer.get(2 + i);
      var position = new Position(epoch, Math.abs(offset));
      part.task().answer(part.index(), new Published(destination, position, offset < 0));
      if (!noted) {
        part.task().unnoted(destination);
      }
    }
  }

  void refuse(JedisDataException error) {
    parts.forEach(part -> part.task().answer(part.index(), error));
  }
}
