package io.pharos.redis;

import io.pharos.broker.Broker;
import io.pharos.message.Destination;
import io.pharos.message.PharosException;
import io.pharos.message.Publication;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Protocol.Command;

/**
 * Publishes what waits in the list of events, the oldest first, and takes out what is published.
 * Any number of nodes may do so at once, and any of them may die in between: an event's id is its
 * idempotency key, and nobody publishes one before those in front of it.
 */
final class WaitingEvents {
  private static final Logger LOG = System.getLogger(WaitingEvents.class.getName());

  private static final int PAGE = 100;

  /** An event that alone cannot be published for so long holds up the others no more. */
  private static final long PATIENCE = Duration.ofMinutes(1).toMillis();

  private final MemberCalls calls;
  private final Broker broker;

  WaitingEvents(MemberCalls calls, Broker broker) {
    this.calls = calls;
    this.broker = broker;
  }

  /**
   * Returns when none is left.
   *
   * @throws PharosException UNAVAILABLE when some could not be published
   */
  void publish() {
    int read = PAGE;
    while (read == PAGE) {
      List<?> answers =
          calls.call(
              List.of(
                  calls.events(Command.LRANGE).add(0).add(PAGE - 1),
                  new CommandArguments(Command.TIME)));
      List<?> entries = (List<?>) answers.get(0);
      read = entries.size();
      long now = Long.parseLong(MemberCalls.text(((List<?>) answers.get(1)).getFirst())) * 1000;
      publish(entries, now);
    }
  }

  private void publish(List<?> entries, long now) {
    var done = new ArrayList<byte[]>(entries.size());
    var events = new ArrayList<WaitingEvent>(entries.size());
    for (Object entry : entries) {
      WaitingEvent event = WaitingEvent.read((byte[]) entry);
      if (event == null) {
        LOG.log(Level.WARNING, "Skipped an entry in the list of events that is none");
        done.add((byte[]) entry);
      } else {
        events.add(event);
      }
    }
    try {
      broker.publish(events.stream().map(WaitingEvents::publication).toList());
      events.forEach(event -> done.add(event.bytes()));
      remove(done);
    } catch (PharosException e) {
      oneByOne(events, now, done);
      remove(done);
      if (done.size() < entries.size()) {
        throw e;
      }
    }
  }

  /** So that one destination's trouble is not all others'. */
  private void oneByOne(List<WaitingEvent> events, long now, List<byte[]> done) {
    Set<Destination> failed = new HashSet<>();
    for (WaitingEvent waiting : events) {
      Destination destination = waiting.event().destination();
      if (failed.contains(destination)) {
        continue;
      }
      try {
        broker.publish(List.of(publication(waiting)));
        done.add(waiting.bytes());
      } catch (PharosException e) {
        if (e.code() == PharosException.Code.UNAVAILABLE && now - waiting.millis() < PATIENCE) {
          failed.add(destination);
        } else {
          LOG.log(Level.WARNING, "Not announced at {0}: {1}", destination, e.detail());
          done.add(waiting.bytes());
        }
      }
    }
  }

  private static Publication publication(WaitingEvent waiting) {
    return waiting.event().publication(waiting.id());
  }

  private void remove(List<byte[]> entries) {
    if (!entries.isEmpty()) {
      calls.call(
          entries.stream().map(entry -> calls.events(Command.LREM).add(1).add(entry)).toList());
    }
  }
}
