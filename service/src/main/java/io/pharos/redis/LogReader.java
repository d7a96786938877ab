package io.pharos.redis;

import io.pharos.broker.History;
import io.pharos.broker.HistoryLimits;
import io.pharos.message.Destination;
import io.pharos.message.Message;
import io.pharos.message.Position;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Protocol.Command;

/** Reads logs and what is known of them. Blocks until Redis answers, for a bounded time. */
final class LogReader {
  /** Messages that one call reads. */
  private static final int PAGE = 256;

  private final Calls calls;
  private final Servers servers;
  private final Names names;
  private final LogSettings settings;
  private final Index index;
  private final LongAdder unreadable = new LongAdder();

  LogReader(Calls calls, Servers servers, Names names, LogSettings settings, Index index) {
    this.calls = calls;
    this.servers = servers;
    this.names = names;
    this.settings = settings;
    this.index = index;
  }

  /** How many entries were found that are no messages. */
  long unreadable() {
    return unreadable.sum();
  }

  /** {@link io.pharos.broker.Broker#history}. */
  History history(Destination destination, @Nullable Position after, int limit) {
    History all = page(destination, after, Math.min(limit, PAGE), "");
    if (all.messages().isEmpty() || all.messages().size() >= limit) {
      return all;
    }
    var messages = new ArrayList<>(all.messages());
    Position at = messages.getLast().position();
    while (messages.size() < limit && at.offset() < all.top().offset()) {
      History next = page(destination, at, Math.min(limit - messages.size(), PAGE), "");
      if (!next.complete() || next.messages().isEmpty()) {
        // What follows was trimmed meanwhile: whoever reads on is told.
        break;
      }
      messages.addAll(next.messages());
      at = messages.getLast().position();
    }
    return new History(all.start(), all.top(), all.complete(), messages);
  }

  /**
   * Reads a page after a place that this node has seen with its own eyes. A log that does not know
   * it was set back, and gets a new epoch.
   */
  History follow(Destination destination, Place place) {
    return page(destination, place.position(), PAGE, Long.toString(place.millis()));
  }

  /** {@link io.pharos.broker.Broker#bounds}, in few round trips. */
  List<History> bounds(List<Destination> destinations) {
    var bounds = new ArrayList<History>(destinations.size());
    for (int from = 0; from < destinations.size(); from += PAGE) {
      List<Destination> some =
          destinations.subList(from, Math.min(from + PAGE, destinations.size()));
      List<?> answers = answers(some.stream().map(each -> query(each, null, 0, "")).toList());
      var owed = new ArrayList<Destination>();
      for (int i = 0; i < answers.size(); i++) {
        List<?> answer = (List<?>) answers.get(i);
        bounds.add(history(some.get(i), null, answer));
        if (wantsNote(answer)) {
          owed.add(some.get(i));
        }
      }
      index.note(owed);
    }
    return bounds;
  }

  private History page(Destination destination, @Nullable Position after, int limit, String seen) {
    CommandArguments call = query(destination, after, limit, seen);
    List<?> answer = (List<?>) answers(List.of(call)).getFirst();
    if (wantsNote(answer)) {
      index.note(List.of(destination));
    }
    return history(destination, after, answer);
  }

  private static boolean wantsNote(List<?> answer) {
    return (Long) answer.get(1) > 0;
  }

  private CommandArguments query(
      Destination destination, @Nullable Position after, int limit, String seen) {
    HistoryLimits limits = settings.limits(destination);
    CommandArguments call = Script.HISTORY.call(2);
    call.key(names.log(destination)).key(names.stream(destination));
    settings.addTo(call, limits);
    return call.add(after == null ? "" : after.epoch())
        .add(after == null ? 0 : after.offset())
        .add(limit)
        .add(seen);
  }

  private History history(Destination destination, @Nullable Position after, List<?> answer) {
    String epoch = text(answer.get(0));
    var bounds =
        new History(
            new Position(epoch, (Long) answer.get(2)),
            new Position(epoch, (Long) answer.get(3)),
            (Long) answer.get(4) == 1,
            List.of());
    return read(destination, after, bounds, (List<?>) answer.get(5));
  }

  /**
   * Makes messages of entries. One that cannot be read is a hole: what comes before it is whole;
   * what comes after it starts anew, as if the hole and all before it had been trimmed.
   */
  private History read(
      Destination destination, @Nullable Position after, History bounds, List<?> entries) {
    String epoch = bounds.top().epoch();
    // Complete after a position of the epoch before is complete after the same offset of this one.
    Position asked =
        after == null || !bounds.complete() ? bounds.start() : new Position(epoch, after.offset());
    Position from = asked;
    var messages = new ArrayList<Message>(entries.size());
    for (Object each : entries) {
      List<?> entry = (List<?>) each;
      Position expected = messages.isEmpty() ? from : messages.getLast().position();
      Message message = message(destination, epoch, entry);
      if (message != null && message.position().equals(expected.next())) {
        messages.add(message);
      } else if (!messages.isEmpty()) {
        break;
      } else {
        unreadable.increment();
        from = message == null ? offsetOf(epoch, entry, from) : message.position().previous();
        if (message != null) {
          messages.add(message);
        }
      }
    }
    if (from.equals(asked)) {
      return new History(bounds.start(), bounds.top(), bounds.complete(), messages);
    }
    return new History(from, bounds.top(), bounds.complete() && after == null, messages);
  }

  private static @Nullable Message message(Destination destination, String epoch, List<?> entry) {
    String[] id = text(entry.get(0)).split("-", -1);
    byte[] head = null;
    byte[] body = null;
    List<?> fields = (List<?>) entry.get(1);
    for (int i = 0; i + 1 < fields.size(); i += 2) {
      switch (text(fields.get(i))) {
        case "head" -> head = (byte[]) fields.get(i + 1);
        case "body" -> body = (byte[]) fields.get(i + 1);
        default -> {
          // A later version may write more.
        }
      }
    }
    return head == null || body == null
        ? null
        : MessageHead.decode(
            destination,
            new Position(epoch, Long.parseLong(id[0])),
            Instant.ofEpochMilli(Long.parseLong(id[1])),
            head,
            body);
  }

  private static Position offsetOf(String epoch, List<?> entry, Position least) {
    String id = text(entry.get(0));
    long offset = Long.parseLong(id.substring(0, id.indexOf('-')));
    return new Position(epoch, Math.max(least.offset(), offset));
  }

  /** Where each destination's newest message is, without reading its log; null without a log. */
  List<@Nullable Place> tops(List<Destination> destinations) {
    var commands = new ArrayList<CommandArguments>(destinations.size());
    for (Destination each : destinations) {
      commands.add(
          new CommandArguments(Command.HMGET).key(names.log(each)).add("e").add("o").add("t"));
    }
    var tops = new ArrayList<@Nullable Place>(destinations.size());
    for (Object answer : answers(commands)) {
      List<?> fields = answer instanceof List<?> list ? list : List.of();
      tops.add(fields.size() == 3 && !fields.contains(null) ? place(fields) : null);
    }
    return tops;
  }

  private static Place place(List<?> fields) {
    return new Place(
        new Position(text(fields.get(0)), Long.parseLong(text(fields.get(1)))),
        Long.parseLong(text(fields.get(2))));
  }

  /** Keeps the positions of these destinations for another day, or as long as they need. */
  void touch(List<Destination> destinations) {
    var commands = new ArrayList<CommandArguments>(destinations.size());
    for (Destination each : destinations) {
      commands.add(
          new CommandArguments(Command.PEXPIRE)
              .key(names.log(each))
              .add(LogSettings.idleMillis(settings.limits(each))));
    }
    answers(commands);
  }

  /** Groups destinations by the server that has them: what is asked of one can fail by itself. */
  <T> List<List<T>> grouped(List<T> things, Function<T, Destination> destination) {
    return servers.grouped(things, thing -> names.log(destination.apply(thing)));
  }

  boolean exists(Destination destination) {
    var command = new CommandArguments(Command.EXISTS).key(names.log(destination));
    return Long.valueOf(1).equals(answers(List.of(command)).getFirst());
  }

  /** Writes something that is of no use to every server, to find out whether that is possible. */
  void probe() {
    answers(
        servers.samples(names::probe).stream()
            .map(key -> new CommandArguments(Command.SET).key(key).add("1").add("PX").add(1000))
            .toList());
  }

  private List<@Nullable Object> answers(List<CommandArguments> commands) {
    return commands.isEmpty() ? List.of() : calls.call(commands);
  }

  private static String text(@Nullable Object bytes) {
    return bytes instanceof byte[] array
        ? new String(array, StandardCharsets.UTF_8)
        : String.valueOf(bytes);
  }
}
