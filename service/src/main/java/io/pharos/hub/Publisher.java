package io.pharos.hub;

import io.pharos.broker.Broker;
import io.pharos.broker.Published;
import io.pharos.message.Destination;
import io.pharos.message.Headers;
import io.pharos.message.PharosException;
import io.pharos.message.Publication;
import io.pharos.presence.PresenceEvent;
import io.pharos.queue.NoQueues;
import io.pharos.queue.WorkQueues;
import io.pharos.security.Identity;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * The way in: every publication, whatever it came by, is checked here and handed to the broker.
 * When a call returns, all of it is stored; a batch in which one publication is refused is refused
 * as a whole.
 */
public final class Publisher {
  private final Broker broker;
  private final WorkQueues queues;
  private final int maxBytes;
  private final Metrics metrics;
  private final Predicate<Destination> announced;

  /**
   * @param maxBytes how long a body may be
   */
  public Publisher(
      Broker broker,
      WorkQueues queues,
      int maxBytes,
      Metrics metrics,
      Predicate<Destination> announced) {
    this.broker = broker;
    this.queues = queues;
    this.maxBytes = maxBytes;
    this.metrics = metrics;
    this.announced = announced;
  }

  /** Without work queues. */
  public Publisher(Broker broker, int maxBytes, Metrics metrics, Predicate<Destination> announced) {
    this(broker, new NoQueues(), maxBytes, metrics, announced);
  }

  /** Without work queues, and without presence. */
  public Publisher(Broker broker, int maxBytes, Metrics metrics) {
    this(broker, maxBytes, metrics, destination -> false);
  }

  /** How many bytes a body may have. */
  public int maxBytes() {
    return maxBytes;
  }

  public Published publish(Identity identity, Publication publication) {
    return publish(identity, List.of(publication)).getFirst();
  }

  /**
   * Checks and stores.
   *
   * @return one answer for each publication, in their order
   * @throws RefusedPublicationException FORBIDDEN, TOO_LARGE, UNSUPPORTED or BAD_REQUEST, with the
   *     first publication that is refused by itself; then nothing was stored
   * @throws PharosException UNSUPPORTED or LIMIT_EXCEEDED, and nothing was stored; or UNAVAILABLE,
   *     which says what was
   */
  public List<Published> publish(Identity identity, List<Publication> publications) {
    try {
      check(identity, publications);
      List<Published> answers = store(publications);
      metrics.published((int) answers.stream().filter(answer -> !answer.duplicate()).count());
      return answers;
    } catch (PharosException e) {
      metrics.refused();
      throw e;
    }
  }

  /**
   * What goes to queues is stored first: a full queue is a daily matter, and then nothing else is
   * stored either.
   */
  private List<Published> store(List<Publication> publications) {
    Map<Boolean, List<Publication>> parts =
        publications.stream().collect(Collectors.partitioningBy(Publisher::isForQueue));
    List<Publication> forQueues = parts.getOrDefault(true, List.of());
    List<Publication> forLog = parts.getOrDefault(false, List.of());
    if (forQueues.isEmpty()) {
      return broker.publish(publications);
    }
    var fromQueues = queues.publish(forQueues).iterator();
    var fromLog = storeRest(forLog).iterator();
    return publications.stream()
        .map(each -> isForQueue(each) ? fromQueues.next() : fromLog.next())
        .toList();
  }

  private List<Published> storeRest(List<Publication> forLog) {
    try {
      return forLog.isEmpty() ? List.of() : broker.publish(forLog);
    } catch (PharosException e) {
      throw new PharosException(
          e.code(), "what was for work queues is stored; of all else: " + e.detail(), e);
    }
  }

  private static boolean isForQueue(Publication publication) {
    return publication.destination().kind() == Destination.Kind.QUEUE;
  }

  private void check(Identity identity, List<Publication> publications) {
    for (int i = 0; i < publications.size(); i++) {
      try {
        check(identity, publications.get(i));
      } catch (PharosException e) {
        throw new RefusedPublicationException(i, e);
      }
    }
  }

  private void check(Identity identity, Publication publication) {
    Destination destination = publication.destination();
    identity.checkPublish(destination);
    if (publication.body().length() > maxBytes) {
      throw new PharosException(
          PharosException.Code.TOO_LARGE,
          "the body has " + publication.body().length() + " bytes; allowed are " + maxBytes);
    }
    HandlerDestinations.refuse(destination.value());
    String event = publication.headers().get(Headers.EVENT);
    if (event != null && PresenceEvent.isReserved(event) && announced.test(destination)) {
      throw PharosException.badRequest(
          "event name '" + event + "' is reserved: '" + destination + "' has presence events");
    }
  }
}
