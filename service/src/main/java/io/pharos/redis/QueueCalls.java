package io.pharos.redis;

import io.pharos.broker.Epochs;
import io.pharos.message.Destination;
import io.pharos.message.Outcome;
import io.pharos.queue.DeadLetters;
import io.pharos.queue.QueueLimits;
import io.pharos.queue.QueueMetrics;
import io.pharos.queue.QueueStatus;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Protocol.Command;

/** What a node says to Redis about work queues. Blocks until it is answered, for a bounded time. */
final class QueueCalls {
  /** How long what belongs to a queue outlives its messages. */
  private static final Duration SPARE = Duration.ofDays(1);

  private final Calls calls;
  private final Names names;
  private final Dialect dialect;
  private final QueueLimits limits;
  private final QueueTimings timings;
  private final QueueMetrics metrics;
  private final Epochs epochs = new Epochs();
  private final String node = epochs.next() + epochs.next();

  QueueCalls(
      Calls calls,
      Names names,
      Dialect dialect,
      QueueLimits limits,
      QueueTimings timings,
      QueueMetrics metrics) {
    this.calls = calls;
    this.names = names;
    this.dialect = dialect;
    this.limits = limits;
    this.timings = timings;
    this.metrics = metrics;
  }

  Names names() {
    return names;
  }

  Dialect dialect() {
    return dialect;
  }

  QueueLimits limits() {
    return limits;
  }

  /** The channel by which nodes hear that a queue has something for them. */
  Channel channel(Destination queue) {
    return dialect.channel(names.queue("queue-wake", queue));
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
    List<@Nullable Object> answers =
        answers(queues.stream().map(queue -> common(keys(Script.QUEUE_STATUS, queue, 4))).toList());
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
    answers(List.of(new CommandArguments(Command.EXISTS).key(names.queues())));
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

  /** Begins what all scripts of queues are told. */
  CommandArguments common(CommandArguments call) {
    return call.add(limits.ttl().toMillis())
        .add(limits.ttl().plus(SPARE).toMillis())
        .add(limits.maxMessages())
        .add(limits.maxDeliveries())
        .add(dialect.publish().name());
  }

  /** Lists queues, so that {@link #status} finds them. */
  CommandArguments note(List<Destination> queues) {
    CommandArguments add = new CommandArguments(Command.SADD).key(names.queues());
    queues.forEach(queue -> add.add(queue.value()));
    return add;
  }

  CommandArguments noteLife() {
    return new CommandArguments(Command.PEXPIRE)
        .key(names.queues())
        .add(limits.ttl().plus(SPARE).toMillis());
  }

  /** Counts what a script has expired, buried and discarded beside its work. */
  void counted(List<?> answer) {
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

  /** The scripts' answers. */
  List<List<?>> call(List<CommandArguments> commands) {
    var lists = new ArrayList<List<?>>();
    for (Object answer : answers(commands)) {
      lists.add(answer instanceof List<?> list ? list : List.of());
    }
    return lists;
  }

  private List<@Nullable Object> answers(List<CommandArguments> commands) {
    return calls.call(commands);
  }

  static String text(@Nullable Object answer) {
    return answer instanceof byte[] bytes ? new String(bytes, StandardCharsets.UTF_8) : "";
  }
}
