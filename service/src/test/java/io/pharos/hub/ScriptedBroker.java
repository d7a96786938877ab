package io.pharos.hub;

import io.pharos.broker.Broker;
import io.pharos.broker.BrokerListener;
import io.pharos.broker.History;
import io.pharos.broker.Interest;
import io.pharos.broker.Published;
import io.pharos.message.Destination;
import io.pharos.message.DestinationPattern;
import io.pharos.message.Message;
import io.pharos.message.PharosException;
import io.pharos.message.Position;
import io.pharos.message.Publication;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A broker of which the test decides when a message arrives, whether it does, and what happens
 * while history is read: what a network between the log and the node can do. Used by one thread.
 */
final class ScriptedBroker implements Broker {
  private static final int MAX_READS = 20_000;

  private static final class Log {
    private String epoch;
    private long top;
    private final ArrayDeque<Message> retained = new ArrayDeque<>();

    Log(String epoch) {
      this.epoch = epoch;
    }

    Position at(long offset) {
      return new Position(epoch, offset);
    }
  }

  private final int historySize;
  private final Map<Destination, Log> logs = new LinkedHashMap<>();
  private final Map<DestinationPattern, Integer> interests = new HashMap<>();
  private final ArrayDeque<List<Message>> underWay = new ArrayDeque<>();
  private @Nullable BrokerListener listener;
  private Runnable aroundHistory = () -> {};
  private boolean away;
  private int epochs;
  private int reads;

  ScriptedBroker(int historySize) {
    this.historySize = historySize;
  }

  /** Runs before and after each read of history, until it is replaced. */
  void aroundHistory(Runnable action) {
    aroundHistory = action;
  }

  /** From now on, the log cannot be reached. */
  void goAway() {
    away = true;
  }

  void comeBack() {
    away = false;
  }

  /** Tells the listener that messages are lost, as it stands now. */
  void tellOfLoss(Destination destination) {
    Objects.requireNonNull(listener).lost(destination, read(log(destination), null, 0));
  }

  boolean isQuiet() {
    return underWay.isEmpty();
  }

  /** Hands out the oldest batch that is under way, if any. */
  void handOutNext() {
    List<Message> batch = underWay.pollFirst();
    if (batch != null) {
      Objects.requireNonNull(listener).messages(batch.getFirst().destination(), batch);
    }
  }

  void handOutAll() {
    while (!isQuiet()) {
      handOutNext();
    }
  }

  /** Loses the oldest batch that is under way, if any: the listener never sees it. */
  void loseNext() {
    underWay.pollFirst();
  }

  /** Loses the history of a destination, which begins a new epoch. */
  void reset(Destination destination) {
    logs.put(destination, new Log("e" + ++epochs));
  }

  Position top(Destination destination) {
    Log log = log(destination);
    return log.at(log.top);
  }

  /** How many interests are held. */
  int interests() {
    return interests.values().stream().mapToInt(Integer::intValue).sum();
  }

  int reads() {
    return reads;
  }

  void publish(Destination destination, int count) {
    var batch = new ArrayList<Publication>();
    for (int i = 0; i < count; i++) {
      batch.add(Publication.text(destination, "x"));
    }
    publish(batch);
  }

  private Log log(Destination destination) {
    return logs.computeIfAbsent(destination, d -> new Log("e" + ++epochs));
  }

  @Override
  public void start(BrokerListener newListener) {
    listener = newListener;
  }

  @Override
  public List<Published> publish(List<Publication> publications) {
    check();
    var answers = new ArrayList<Published>();
    var batches = new LinkedHashMap<Destination, List<Message>>();
    for (Publication publication : publications) {
      Destination destination = publication.destination();
      Log log = log(destination);
      var message = new Message(log.at(++log.top), Instant.EPOCH, publication);
      log.retained.addLast(message);
      if (log.retained.size() > historySize) {
        log.retained.removeFirst();
      }
      batches.computeIfAbsent(destination, d -> new ArrayList<>()).add(message);
      answers.add(new Published(destination, message.position(), false));
    }
    batches.forEach(
        (destination, batch) -> {
          if (interests.keySet().stream().anyMatch(pattern -> pattern.matches(destination))) {
            underWay.addLast(batch);
          }
        });
    return answers;
  }

  @Override
  public History history(Destination destination, @Nullable Position after, int limit) {
    check();
    if (++reads > MAX_READS) {
      throw new AssertionError("history is read without end");
    }
    aroundHistory.run();
    History history = read(log(destination), after, limit);
    aroundHistory.run();
    return history;
  }

  private static History read(Log log, @Nullable Position after, int limit) {
    long start = log.top - log.retained.size();
    boolean complete =
        after == null
            || after.epoch().equals(log.epoch)
                && after.offset() >= start
                && after.offset() <= log.top;
    long from = after == null || !complete ? start : after.offset();
    List<Message> page =
        log.retained.stream().filter(m -> m.position().offset() > from).limit(limit).toList();
    return new History(log.at(start), log.at(log.top), complete, page);
  }

  @Override
  public List<Destination> destinations(DestinationPattern pattern) {
    check();
    return logs.keySet().stream().filter(pattern::matches).toList();
  }

  @Override
  public Interest subscribe(DestinationPattern pattern) {
    check();
    interests.merge(pattern, 1, Integer::sum);
    var open = new boolean[] {true};
    return () -> {
      if (open[0]) {
        open[0] = false;
        interests.computeIfPresent(pattern, (p, count) -> count == 1 ? null : count - 1);
      }
    };
  }

  @Override
  public void check() {
    if (away) {
      throw new PharosException(PharosException.Code.UNAVAILABLE, "as the test wants it");
    }
  }

  @Override
  public void close() {
    away = true;
  }
}
