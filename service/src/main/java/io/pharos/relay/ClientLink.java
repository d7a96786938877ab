package io.pharos.relay;

import io.pharos.message.Destination;
import io.pharos.message.DestinationPattern;
import io.pharos.stomp.Command;
import io.pharos.stomp.Frame;
import io.pharos.stomp.RelayClient;
import io.pharos.stomp.RelayLink;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One client's connection to the broker. */
final class ClientLink implements RelayLink, BrokerConnection.Receiver {
  private static final System.Logger LOG = System.getLogger(ClientLink.class.getName());
  private static final int MAX_REASON = 200;

  private final BrokerConnection connection;
  private final RelayClient client;
  private final RelaySettings settings;
  private final Receipts receipts = new Receipts();
  private final Map<String, DestinationPattern> subscriptions = new ConcurrentHashMap<>(2);
  private final Consumer<ClientLink> whenEnded;
  private volatile long waitingSince;

  /** Whether the broker has been told goodbye: it hangs up as soon as it has answered. */
  private volatile boolean finishing;

  /** Whether the broker has refused a frame: nothing counts behind that. For the reader alone. */
  private boolean refused;

  ClientLink(
      BrokerConnection connection,
      RelayClient client,
      RelaySettings settings,
      Consumer<ClientLink> whenEnded) {
    this.connection = connection;
    this.client = client;
    this.settings = settings;
    this.whenEnded = whenEnded;
  }

  BrokerConnection connection() {
    return connection;
  }

  /** Whether the client has kept the broker waiting for longer than we are patient. */
  boolean isKeptWaiting(long nanos) {
    long since = waitingSince;
    return since != 0 && nanos - since > settings.patience().toNanos();
  }

  void giveUpWaiting() {
    client.tooSlow();
  }

  @Override
  public void forward(Frame frame) {
    String id = frame.header("id");
    String destination = frame.header("destination");
    Frame translated = Translation.toBroker(frame);
    if (frame.command() == Command.SUBSCRIBE && id != null && destination != null) {
      subscriptions.put(id, new DestinationPattern(destination));
    }
    write(List.of(translated));
    if (frame.command() == Command.UNSUBSCRIBE && id != null) {
      subscriptions.remove(id);
    }
  }

  @Override
  public void commit(List<Frame> frames) {
    try (Receipts.Batch batch = receipts.expect()) {
      write(Transaction.of(frames, batch));
      batch.await(settings.patience());
    }
  }

  @Override
  public void finish() {
    finishing = true;
    try (Receipts.Batch batch = receipts.expect()) {
      write(List.of(Frame.of(Command.DISCONNECT).header("receipt", batch.next()).build()));
      batch.await(settings.patience());
    } finally {
      close();
    }
  }

  private void write(List<Frame> frames) {
    try {
      connection.write(frames);
    } catch (IOException e) {
      throw Away.of("the connection to the broker is lost");
    }
  }

  @Override
  public void close() {
    connection.close();
    receipts.lost();
    whenEnded.accept(this);
  }

  @Override
  public void frame(Frame frame) throws InterruptedException {
    if (refused) {
      return;
    }
    switch (frame.command()) {
      case MESSAGE -> message(frame);
      case RECEIPT -> receipt(frame);
      case ERROR -> error(frame);
      default -> LOG.log(System.Logger.Level.DEBUG, () -> "Not expected of a broker: " + frame);
    }
  }

  private void message(Frame frame) throws InterruptedException {
    Destination destination = destination(frame);
    if (destination != null) {
      pass(Translation.toClient(frame, destination));
    }
  }

  /**
   * The destination as the client knows it. With wildcards, the broker's word alone says which:
   * what the client did not ask for is left out, another user's queue above all.
   */
  private @Nullable Destination destination(Frame frame) {
    String id = frame.header("subscription");
    DestinationPattern pattern = id == null ? null : subscriptions.get(id);
    if (pattern == null) {
      return null;
    }
    if (pattern.isLiteral()) {
      return Destination.of(pattern.value());
    }
    String name = frame.header("destination");
    Destination destination = name == null ? null : new BrokerName(name).destination();
    return destination != null && pattern.matches(destination) ? destination : null;
  }

  private void receipt(Frame frame) throws InterruptedException {
    String id = frame.header("receipt-id");
    if (id != null && !receipts.arrived(id)) {
      pass(Frame.of(Command.RECEIPT).header("receipt-id", id).build());
    }
  }

  private void pass(Frame frame) throws InterruptedException {
    waitingSince = System.nanoTime() | 1;
    try {
      client.frame(frame);
    } finally {
      waitingSince = 0;
    }
  }

  private void error(Frame frame) {
    refused = true;
    String reason = reason(frame);
    LOG.log(System.Logger.Level.INFO, () -> "The broker refused a client's frame: " + reason);
    client.refused(frame.header("receipt-id"), "the broker refused it: " + reason);
    receipts.lost();
    connection.abort();
  }

  /** The broker's headline: its body may tell more than is good. */
  private static String reason(Frame error) {
    String message = error.header("message");
    String printable = message == null ? "no reason" : message.replaceAll("\\p{Cntrl}", " ");
    return printable.length() <= MAX_REASON ? printable : printable.substring(0, MAX_REASON);
  }

  @Override
  public void ended() {
    receipts.lost();
    if (!finishing) {
      client.lost();
    }
    whenEnded.accept(this);
  }
}
