package io.pharos.redis;

import io.pharos.broker.Epochs;
import io.pharos.broker.Published;
import io.pharos.message.Destination;
import io.pharos.message.Outcome;
import io.pharos.message.PharosException;
import io.pharos.message.Position;
import io.pharos.message.Publication;
import io.pharos.queue.DeadLetters;
import io.pharos.queue.QueueLimits;
import io.pharos.queue.QueueMetrics;
import io.pharos.queue.QueueStatus;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Protocol.Command;

/** What a node says to Redis about work queues. Blocks until it is answered, for a bounded time. */
final class QueueCalls {
  /** How long what belongs to a queue outlives its messages. */
  private static final Duration SPARE = Duration.ofDays(1);

  private final Worker<CommandTask> worker;
  private final Names names;
  private final QueueLimits limits;
  private final QueueTimings timings;
  private final QueueMetrics metrics;
  private final Epochs epochs = new Epochs();
  private final String node = epochs.next() + epochs.next();

  QueueCalls(
      Worker<CommandTask> worker,
      Names names,
      QueueLimits limits,
      QueueTimings timings,
      QueueMetrics metrics) {
    this.worker = worker;
    this.names = names;
    this.limits = limits;
    this.timings = timings;
    this.metrics = metrics;
  }

  /** The channel by which nodes hear that a queue has something for them. */
  Channel channel(Destination queue) {
    return new Channel(names.queue("queue-wake", queue), Channel.Kind.EXACT);
  }

  /** Stores all or nothing. */
  List<Published> publish(List<Publication> publications) {
    var batches = new LinkedHashMap<Destination, List<Publication>>();
    for (Publication each : publications) {
      batches.computeIfAbsent(each.destination(), d -> new ArrayList<>()).add(each);
    }
    List<Destination> queues = List.copyOf(batches.keySet());
    List<?> answers = call(List.of(publishing(batches), note(queues), noteLife())).getFirst();
    counted(answers);
    int full = ((Long) answers.get(3)).intValue();
    if (full > 0) {
      throw new PharosException(
          PharosException.Code.LIMIT_EXCEEDED,
          "the queue '"
              + queues.get(full - 1)
              + "' is full: it holds "
              + limits.maxMessages()
              + " messages");
    }
    Map<Destination, List<?>> byQueue = new HashMap<>();
    for (int i = 0; i < queues.size(); i++) {
      byQueue.put(queues.get(i), (List<?>) answers.get(4 + i));
    }
    var published = new ArrayList<Published>(publications.size());
    Map<Destination, Integer> next = new HashMap<>();
    for (Publication each : publications) {
      List<?> answer = byQueue.getOrDefault(each.destination(), List.of());
      long offset = (Long) answer.get(next.merge(each.destination(), 1, Integer::sum));
      var position = new Position(text(answer.getFirst()), Math.abs(offset));
      published.add(new Published(each.destination(), position, offset < 0));
    }
    return published;
  }

  private CommandArguments publishing(Map<Destination, List<Publication>> batches) {
    var keys = new ArrayList<String>();
    batches.forEach(
        (queue, batch) -> {
          keys.add(names.queue("queue", queue));
          keys.add(names.queue("queue-messages", queue));
          for (Publication each : batch) {
            if (each.idempotencyKey() != null) {
              keys.add(names.queue("queue-key", queue) + " " + each.idempotencyKey());
            }
          }
        });
    CommandArguments call = Script.QUEUE_PUBLISH.call(keys.size());
    keys.forEach(call::key);
    common(call).add(LogSettings.KEY_TTL.toMillis());
    batches.forEach(
        (queue, batch) -> {
          call.add(epochs.next()).add(channel(queue).name()).add(queue.value()).add(batch.size());
          for (Publication each : batch) {
            call.add(each.idempotencyKey() == null ? "0" : "1")
                .add(MessageHead.encode(each))
                .add(each.body().bytes());
          }
        });
    return call;
  }

  /**
   * Renews this node's lease on a queue and takes messages.
   *
   * @param known the ids of all that this node holds, when it may hold others without knowing
   */
  List<TakenMessage> take(
      Destination queue, int most, int consumers, @Nullable Collection<String> known) {
    CommandArguments call =
        onQueue(Script.QUEUE_TAKE, queue)
            .add(most)
            .add(consumers)
            .add(timings.lease().toMillis())
            .add(known == null ? "0" : "1");
    if (known != null) {
      known.forEach(call::add);
    }
    List<?> answer = call(List.of(call)).getFirst();
    counted(answer);
    noteDead(queue, answer);
    String epoch = text(answer.get(3));
    var taken = new ArrayList<TakenMessage>(answer.size() - 4);
    for (Object each : answer.subList(4, answer.size())) {
      taken.add(TakenMessage.read(queue, epoch, (List<?>) each));
    }
    return taken;
  }

  void settle(Destination queue, Outcome outcome, Collection<String> ids) {
    CommandArguments call = onQueue(Script.QUEUE_SETTLE, queue).add(outcome.name());
    ids.forEach(call::add);
    List<?> answer = call(List.of(call)).getFirst();
    counted(answer);
    noteDead(queue, answer);
    metrics.acknowledged(((Long) answer.get(3)).intValue());
  }

  /** Gives back all that this node holds. */
  void leave(Destination queue) {
    List<?> answer = call(List.of(onQueue(Script.QUEUE_LEAVE, queue))).getFirst();
    counted(answer);
    noteDead(queue, answer);
  }

  /** Has the queue listed from now on. */
  void notice(Destination queue) {
    call(List.of(note(List.of(queue)), noteLife()));
  }

  List<QueueStatus> status() {
    var members = new CommandArguments(Command.SMEMBERS).key(names.queues());
    List<Destination> queues =
        Index.destinations(answers(List.of(members)).getFirst()).stream().sorted().toList();
    if (queues.isEmpty()) {
      return List.of();
    }
    var calls = new ArrayList<CommandArguments>();
    queues.forEach(queue -> calls.add(common(keys(Script.QUEUE_STATUS, queue, 4))));
    List<@Nullable Object> answers = answers(calls);
    var statuses = new ArrayList<QueueStatus>();
    var gone = new CommandArguments(Command.SREM).key(names.queues());
    boolean anyGone = false;
    for (int i = 0; i < queues.size(); i++) {
      if (answers.get(i) instanceof List<?> answer) {
        counted(answer);
        int consumers = ((Long) answer.get(5)).intValue();
        statuses.add(
            new QueueStatus(queues.get(i), (Long) answer.get(3), (Long) answer.get(4), consumers));
      } else {
        gone.add(queues.get(i).value());
        anyGone = true;
      }
    }
    if (anyGone) {
      answers(List.of(gone));
    }
    return statuses;
  }

  /** Returns when Redis answers. */
  void probe() {
    answers(List.of(new CommandArguments(Command.PING)));
  }

  private CommandArguments onQueue(Script script, Destination queue) {
    boolean dead = DeadLetters.isFor(queue);
    CommandArguments call = keys(script, queue, dead ? 4 : 6);
    Destination graveyard = dead ? queue : DeadLetters.of(queue);
    if (!dead) {
      call.key(names.queue("queue", graveyard)).key(names.queue("queue-messages", graveyard));
    }
    return common(call)
        .add(epochs.next())
        .add(epochs.next())
        .add(channel(queue).name())
        .add(channel(graveyard).name())
        .add(queue.value())
        .add(graveyard.value())
        .add(node);
  }

  private CommandArguments keys(Script script, Destination queue, int keys) {
    return script
        .call(keys)
        .key(names.queue("queue", queue))
        .key(names.queue("queue-messages", queue))
        .key(names.queue("queue-nodes", queue))
        .key(names.queue("queue-consumers", queue));
  }

  private CommandArguments common(CommandArguments call) {
    return call.add(limits.ttl().toMillis())
        .add(limits.ttl().plus(SPARE).toMillis())
        .add(limits.maxMessages())
        .add(limits.maxDeliveries())
        .add("PUBLISH");
  }

  private CommandArguments note(List<Destination> queues) {
    CommandArguments add = new CommandArguments(Command.SADD).key(names.queues());
    queues.forEach(queue -> add.add(queue.value()));
    return add;
  }

  private CommandArguments noteLife() {
    return new CommandArguments(Command.PEXPIRE)
        .key(names.queues())
        .add(limits.ttl().plus(SPARE).toMillis());
  }

  private void counted(List<?> answer) {
    long expired = (Long) answer.get(0);
    long buried = (Long) answer.get(1);
    long discarded = (Long) answer.get(2);
    if (expired + buried + discarded > 0) {
      metrics.expired((int) expired);
      metrics.deadLettered((int) buried);
      metrics.discarded((int) discarded);
    }
  }

  private void noteDead(Destination queue, List<?> answer) {
    if ((Long) answer.get(1) > 0) {
      notice(DeadLetters.of(queue));
    }
  }

  private List<List<?>> call(List<CommandArguments> commands) {
    var lists = new ArrayList<List<?>>();
    for (Object answer : answers(commands)) {
      lists.add(answer instanceof List<?> list ? list : List.of());
    }
    return lists;
  }

  private List<@Nullable Object> answers(List<CommandArguments> commands) {
    var task = new CommandTask(commands);
    worker.call(task);
    return task.answers();
  }

  static String text(@Nullable Object answer) {
    return answer instanceof byte[] bytes ? new String(bytes, StandardCharsets.UTF_8) : "";
  }
}
