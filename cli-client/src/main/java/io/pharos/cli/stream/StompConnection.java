package io.pharos.cli.stream;

import io.pharos.cli.stream.StreamEvent.Connected;
import io.pharos.cli.stream.StreamEvent.Gap;
import io.pharos.stomp.Command;
import io.pharos.stomp.Frame;
import io.pharos.stomp.FrameDecoder;
import io.pharos.stomp.FrameEncoder;
import io.pharos.stomp.HeartBeat;
import io.pharos.stomp.StompLimits;
import io.pharos.stomp.Version;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** The client's side of a STOMP 1.2 session. */
final class StompConnection implements StreamConnection {
  /** What the client can send, and wants to receive. */
  static final HeartBeat HEART_BEAT = HeartBeat.parse("10000,10000");

  private static final StompLimits LIMITS = new StompLimits(128, 64 << 10, 8 << 20);
  private static final Duration FOREVER = Duration.ofDays(365);
  private static final String RECEIPT = "subscribed-";

  private final Inbox inbox;
  private final Link link;
  private final LongSupplier nanoTime;
  private final List<StompSubscription> subscriptions;
  private final StompErrors errors;
  private final SilenceWatch input;
  private final Pulse pulse;
  private final FrameDecoder decoder = new FrameDecoder(LIMITS);
  private List<StreamEvent> events = new ArrayList<>();

  /** The messages of work queues among the events, each with what acknowledges it. */
  private final IdentityHashMap<StreamEvent, String> jobs = new IdentityHashMap<>();

  /** Of the job that was handed out last, and is not known to be printed yet. */
  private @Nullable String unprinted;

  private List<@Nullable Gap> lostPlaces = List.of();
  private Bookmark resumedFrom = new Bookmark();
  private @Nullable Frame connected;
  private @Nullable Frame error;
  private final List<String> atMostOnce = new ArrayList<>();
  private int pending;

  StompConnection(
      Inbox inbox,
      Link link,
      List<StompSubscription> subscriptions,
      StompErrors errors,
      LongSupplier nanoTime) {
    this.inbox = inbox;
    this.link = link;
    this.nanoTime = nanoTime;
    this.subscriptions = subscriptions;
    this.errors = errors;
    this.input = new SilenceWatch(inbox, FOREVER, nanoTime);
    this.pulse = new Pulse(link, inbox);
    decoder.negotiated(Version.V1_2);
  }

  /** Sends CONNECT and waits for CONNECTED. */
  void logIn(String host, String token, Duration patience)
      throws IOException, InterruptedException {
    var connect =
        Frame.of(Command.CONNECT)
            .header("accept-version", Version.V1_2.number())
            .header("host", host)
            .header("heart-beat", HEART_BEAT.toString());
    if (!token.isEmpty()) {
      connect.header("Authorization", "Bearer " + token);
    }
    send(connect.build());
    Frame answer = awaitConnected(patience);
    var server = HeartBeat.parse(answer.header("heart-beat"));
    pulse.beatEvery(HeartBeat.interval(HEART_BEAT, server));
    Duration fromServer = HeartBeat.interval(server, HEART_BEAT);
    if (!fromServer.isZero()) {
      // One interval of grace, and a second for the way.
      input.limit(fromServer.multipliedBy(2).plusSeconds(1));
    }
  }

  /** Subscribes to everything; each receipt says that one is live. */
  void subscribe(Bookmark bookmark) throws IOException, InterruptedException {
    resumedFrom = bookmark;
    pending = subscriptions.size();
    var lost = new ArrayList<@Nullable Gap>();
    for (int i = 0; i < subscriptions.size(); i++) {
      StompSubscription subscription = subscriptions.get(i);
      lost.add(subscription.lostPlace(bookmark));
      send(
          Frame.of(Command.SUBSCRIBE)
              .header("id", Integer.toString(i))
              .header("destination", subscription.destination())
              .header("ack", subscription.isQueue() ? "client-individual" : "auto")
              .headerIfPresent("prefetch-count", subscription.isQueue() ? "1" : null)
              .header("receipt", RECEIPT + i)
              .headerIfPresent("last-event-id", subscription.resumeHeader(bookmark))
              .build());
    }
    lostPlaces = lost;
  }

  /**
   * A message of a work queue comes alone, so that it can be acknowledged before the next one is
   * printed.
   */
  @Override
  public List<StreamEvent> read(Duration patience) throws IOException, InterruptedException {
    if (events.isEmpty() && error == null) {
      receive(patience);
    }
    List<StreamEvent> complete = events;
    if (complete.isEmpty() && error != null) {
      throw errors.ofFrame(error);
    }
    int end = 0;
    while (end < complete.size() && !jobs.containsKey(complete.get(end))) {
      end++;
    }
    if (end == 0 && !complete.isEmpty()) {
      unprinted = jobs.remove(complete.getFirst());
      end = 1;
    }
    events = new ArrayList<>(complete.subList(end, complete.size()));
    return complete.subList(0, end);
  }

  @Override
  public void printed() throws IOException, InterruptedException {
    String id = unprinted;
    if (id != null) {
      unprinted = null;
      send(Frame.of(Command.ACK).header("id", id).build());
    }
  }

  @Override
  public void close() {
    pulse.stop();
    inbox.close();
    link.close();
  }

  private Frame awaitConnected(Duration patience) throws IOException, InterruptedException {
    long end = nanoTime.getAsLong() + patience.toNanos();
    while (true) {
      receive(Duration.ofNanos(Math.max(0, end - nanoTime.getAsLong())));
      if (connected != null) {
        return connected;
      }
      if (nanoTime.getAsLong() >= end) {
        throw new IOException("the server did not answer CONNECT in time");
      }
    }
  }

  private void receive(Duration patience) throws IOException, InterruptedException {
    try {
      byte[] chunk = input.read(patience);
      decoder.feed(chunk, 0, chunk.length, this::take);
    } catch (LinkClosedException e) {
      throw errors.ofClose(e);
    }
    if (connected == null && error != null) {
      throw errors.ofFrame(error);
    }
  }

  private void take(Frame frame) {
    switch (frame.command()) {
      case CONNECTED -> connected = frame;
      case RECEIPT -> receipt(frame);
      case MESSAGE -> message(frame);
      case ERROR -> error = frame;
      default -> {
        // Nothing else comes from a server.
      }
    }
  }

  private void message(Frame frame) {
    StreamEvent event = StompEvents.of(frame);
    events.add(event);
    String ack = frame.header("ack");
    if (ack != null) {
      jobs.put(event, ack);
    }
  }

  private void receipt(Frame frame) {
    String id = frame.header("receipt-id");
    if (id == null || !id.startsWith(RECEIPT)) {
      return;
    }
    int index = Integer.parseInt(id.substring(RECEIPT.length()));
    StompSubscription subscription = subscriptions.get(index);
    if ("at-most-once".equals(frame.header("pharos-delivery"))) {
      atMostOnce.add(subscription.destination());
    }
    events.addAll(subscription.began(frame.header("position"), resumedFrom));
    Gap lost = lostPlaces.get(index);
    if (lost != null) {
      events.add(lost);
    }
    pending--;
    if (pending == 0 && connected != null) {
      events.add(new Connected(connected.header("user-name"), List.copyOf(atMostOnce)));
    }
  }

  private void send(Frame frame) throws IOException, InterruptedException {
    link.send(String.valueOf(FrameEncoder.of(Version.V1_2).encode(frame).textOrNull()));
  }
}
