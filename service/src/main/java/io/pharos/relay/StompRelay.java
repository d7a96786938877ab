package io.pharos.relay;

import io.pharos.broker.Broker;
import io.pharos.broker.BrokerAvailability;
import io.pharos.queue.WorkQueues;
import io.pharos.stomp.Relay;
import io.pharos.stomp.RelayClient;
import io.pharos.stomp.RelayLink;
import io.pharos.stomp.Version;
import java.io.IOException;
import java.time.Clock;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/**
 * A STOMP broker behind this node, over TCP: RabbitMQ, ActiveMQ or another. Each client has a
 * connection of its own, so that the broker sees its subscriptions, acknowledgements and end as
 * what they are; the application has one.
 */
public final class StompRelay implements Relay {
  private static final System.Logger LOG = System.getLogger(StompRelay.class.getName());

  private final RelaySettings settings;
  private final Executor executor;
  private final SystemLink system;
  private final RelayBroker broker;
  private final WorkQueues queues;
  private final Set<ClientLink> links = ConcurrentHashMap.newKeySet();

  /**
   * @param executor runs what blocks: a virtual thread a task
   * @param watcher is told when the broker comes and goes, by one thread; must not block for long
   */
  public StompRelay(
      RelaySettings settings, Executor executor, Consumer<BrokerAvailability> watcher) {
    this.settings = settings;
    this.executor = executor;
    this.system = new SystemLink(settings, executor, watcher);
    this.broker = new RelayBroker(system, Clock.systemUTC());
    this.queues = new RelayQueues(broker);
  }

  /**
   * The way in for the application, and out to event streams: at most once, with positions of this
   * node alone. Starting it connects; closing it ends that connection.
   */
  public Broker broker() {
    return broker;
  }

  /** The queues, for publishers alone. */
  public WorkQueues queues() {
    return queues;
  }

  @Override
  public RelayLink open(Version version, RelayClient client) {
    // A broker that is known to be away is not asked again by every client that comes.
    system.check();
    try {
      var connection = BrokerConnection.open(settings, settings.client(), version);
      var link = new ClientLink(connection, client, settings, links::remove);
      links.add(link);
      executor.execute(() -> connection.read(link));
      return link;
    } catch (IOException e) {
      LOG.log(System.Logger.Level.WARNING, "No connection for a client: {0}", e.getMessage());
      throw Away.of("the broker does not take the connection");
    }
  }

  /** How many clients have a connection. */
  public int connections() {
    return links.size();
  }

  /** Heart-beats, stalled writes, slow clients: to be called some times a second. Never blocks. */
  public void tick() {
    tick(System.nanoTime());
  }

  void tick(long nanos) {
    system.tick(nanos);
    for (ClientLink link : links) {
      Pulse.check(link.connection(), nanos, executor);
      if (link.isKeptWaiting(nanos)) {
        link.giveUpWaiting();
      }
    }
  }
}
