package io.pharos.redis;

import io.pharos.broker.Epochs;
import io.pharos.broker.Published;
import io.pharos.message.Destination;
import io.pharos.message.PharosException;
import io.pharos.message.Position;
import io.pharos.message.Publication;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import redis.clients.jedis.CommandArguments;

/**
 * Stores what is published to queues, all or nothing. Queues that no script can use together take
 * two steps: room is held in all of them, and only then anything is stored.
 */
final class QueuePublishing {
  /** Room is held for longer than a call may take. */
  private static final Duration HOLD = Duration.ofSeconds(10);

  private static final byte[] NOTHING = {};

  /** Publications by queue, of queues that one script can use. */
  private static final class Batch {
    private final Map<Destination, List<Publication>> queues = new LinkedHashMap<>();

    private void add(Publication publication) {
      queues.computeIfAbsent(publication.destination(), d -> new ArrayList<>()).add(publication);
    }
  }

  private final QueueCalls calls;
  private final Epochs epochs = new Epochs();

  QueuePublishing(QueueCalls calls) {
    this.calls = calls;
  }

  /**
   * Stores the publications and answers in their order.
   *
   * @throws PharosException LIMIT_EXCEEDED when a queue is full, and nothing is stored; UNAVAILABLE
   */
  List<Published> publish(List<Publication> publications) {
    Map<Object, Batch> bySlot = new LinkedHashMap<>();
    for (Publication each : publications) {
      Object slot = calls.dialect().togetherWith(key("queue", each.destination()));
      bySlot.computeIfAbsent(slot, s -> new Batch()).add(each);
    }
    List<Batch> batches = List.copyOf(bySlot.values());
    Map<Destination, List<?>> answers =
        batches.size() == 1 ? store(batches, "") : storeInTwoSteps(batches);
    var published = new ArrayList<Published>(publications.size());
    Map<Destination, Integer> next = new HashMap<>();
    for (Publication each : publications) {
      List<?> answer = answers.getOrDefault(each.destination(), List.of());
      long offset = (Long) answer.get(next.merge(each.destination(), 1, Integer::sum));
      var position = new Position(QueueCalls.text(answer.getFirst()), Math.abs(offset));
      published.add(new Published(each.destination(), position, offset < 0));
    }
    return published;
  }

  private Map<Destination, List<?>> storeInTwoSteps(List<Batch> batches) {
    String token = epochs.next() + epochs.next();
    try {
      List<List<?>> held =
          calls.call(batches.stream().map(each -> reserving(each, token)).toList());
      held.forEach(calls::counted);
      for (int i = 0; i < batches.size(); i++) {
        checkRoom(batches.get(i), held.get(i));
      }
    } catch (PharosException e) {
      letGo(batches, token);
      throw e;
    }
    try {
      return store(batches, token);
    } catch (PharosException e) {
      throw RedisUnavailable.partly(e);
    }
  }

  private Map<Destination, List<?>> store(List<Batch> batches, String token) {
    var commands = new ArrayList<CommandArguments>(batches.size() + 2);
    batches.forEach(each -> commands.add(storing(each, token)));
    var all = new ArrayList<Destination>();
    batches.forEach(each -> all.addAll(each.queues.keySet()));
    commands.add(calls.note(all));
    commands.add(calls.noteLife());
    List<List<?>> answers = calls.call(commands);
    Map<Destination, List<?>> byQueue = new HashMap<>();
    for (int i = 0; i < batches.size(); i++) {
      List<?> answer = answers.get(i);
      calls.counted(answer);
      checkRoom(batches.get(i), answer);
      int n = 4;
      for (Destination queue : batches.get(i).queues.keySet()) {
        byQueue.put(queue, (List<?>) answer.get(n++));
      }
    }
    return byQueue;
  }

  private void checkRoom(Batch batch, List<?> answer) {
    int full = ((Long) answer.get(3)).intValue();
    if (full > 0) {
      throw new PharosException(
          PharosException.Code.LIMIT_EXCEEDED,
          "the queue '"
              + List.copyOf(batch.queues.keySet()).get(full - 1)
              + "' is full: it holds "
              + calls.limits().maxMessages()
              + " messages");
    }
  }

  private void letGo(List<Batch> batches, String token) {
    try {
      calls.call(batches.stream().map(each -> lettingGo(each, token)).toList());
    } catch (PharosException e) {
      // The time for which room is held will be over.
    }
  }

  private CommandArguments storing(Batch batch, String token) {
    CommandArguments call = begin(Script.QUEUE_PUBLISH, batch, token);
    batch.queues.forEach(
        (queue, publications) -> {
          head(call, queue, publications.size());
          for (Publication each : publications) {
            call.add(each.idempotencyKey() == null ? "0" : "1")
                .add(MessageHead.encode(each))
                .add(each.body().bytes());
          }
        });
    return call;
  }

  private CommandArguments reserving(Batch batch, String token) {
    CommandArguments call = begin(Script.QUEUE_RESERVE, batch, token);
    batch.queues.forEach(
        (queue, publications) -> {
          head(call, queue, publications.size());
          for (Publication each : publications) {
            call.add(each.idempotencyKey() == null ? "0" : "1").add(NOTHING).add(NOTHING);
          }
        });
    return call;
  }

  private CommandArguments lettingGo(Batch batch, String token) {
    CommandArguments call = Script.QUEUE_RESERVE.call(2 * batch.queues.size());
    batch.queues.keySet().forEach(queue -> keys(call, queue));
    common(call, token);
    batch.queues.keySet().forEach(queue -> head(call, queue, 0));
    return call;
  }

  private CommandArguments begin(Script script, Batch batch, String token) {
    long keyed =
        batch.queues.values().stream()
            .flatMap(List::stream)
            .filter(each -> each.idempotencyKey() != null)
            .count();
    CommandArguments call = script.call(2 * batch.queues.size() + (int) keyed);
    batch.queues.forEach(
        (queue, publications) -> {
          keys(call, queue);
          for (Publication each : publications) {
            if (each.idempotencyKey() != null) {
              call.key(key("queue-key", queue) + " " + each.idempotencyKey());
            }
          }
        });
    return common(call, token);
  }

  private void keys(CommandArguments call, Destination queue) {
    call.key(key("queue", queue)).key(key("queue-messages", queue));
  }

  private String key(String kind, Destination queue) {
    return calls.names().queue(kind, queue);
  }

  private CommandArguments common(CommandArguments call, String token) {
    return calls.common(call).add(LogSettings.KEY_TTL.toMillis()).add(token).add(HOLD.toMillis());
  }

  private void head(CommandArguments call, Destination queue, int count) {
    call.add(epochs.next()).add(calls.channel(queue).name()).add(queue.value()).add(count);
  }
}
