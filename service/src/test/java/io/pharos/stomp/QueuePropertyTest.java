package io.pharos.stomp;

import static org.assertj.core.api.Assertions.assertThat;

import io.pharos.queue.QueueStatus;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/**
 * Several sessions send, consume, answer, leave and are lost at random: no message of a queue is
 * lost, held by two, delivered again without saying so, or delivered after it was done.
 */
class QueuePropertyTest {
  private static final Logger LOG = Logger.getLogger(StompSession.class.getName());

  @BeforeContainer
  static void silence() {
    LOG.setLevel(Level.WARNING);
  }

  @AfterContainer
  static void unsilence() {
    LOG.setLevel(null);
  }

  private record Held(String body, String ack) {}

  private static final class Peer {
    final Client client;
    final boolean cumulative;
    final List<Held> held = new ArrayList<>();
    int lastFirst;

    Peer(Client client, boolean cumulative) {
      this.client = client;
      this.cumulative = cumulative;
    }
  }

  private final Set<String> seen = new HashSet<>();
  private final Set<String> done = new HashSet<>();
  private final Map<String, Peer> heldBy = new HashMap<>();

  @Property(tries = 500)
  void noMessageIsLostOrDoubled(
      @ForAll @Size(max = 80) List<@IntRange(max = 12) Integer> steps, @ForAll Random random) {
    seen.clear();
    done.clear();
    heldBy.clear();
    var bench = new Bench();
    var sender = bench.connected(Version.V1_2);
    var peers = new ArrayList<Peer>();
    int sent = 0;
    for (int step : steps) {
      Peer peer = peers.isEmpty() ? null : peers.get(random.nextInt(peers.size()));
      switch (step) {
        case 0, 1, 2 -> sender.send(send(++sent));
        case 3 -> {
          String tx = "\ntransaction:t\n\n";
          sender.send("BEGIN" + tx + "\0" + send(sent + 1).replace("\n\n", tx));
          sender.send(send(sent + 2).replace("\n\n", tx));
          boolean commit = random.nextBoolean();
          sender.send((commit ? "COMMIT" : "ABORT") + tx + "\0");
          sent += commit ? 2 : 0;
        }
        case 4 -> peers.add(subscribe(bench, random));
        case 5 -> bench.executor.hold();
        case 6 -> bench.executor.release();
        case 7 -> {
          if (peer != null) {
            leave(peer, random);
            peers.remove(peer);
          }
        }
        default -> {
          if (peer != null && !peer.held.isEmpty()) {
            answer(peer, random);
          }
        }
      }
      peers.forEach(this::read);
    }
    bench.executor.release();
    peers.forEach(this::read);
    peers.forEach(peer -> leave(peer, random));
    assertAllAreAccountedFor(bench, sent);
  }

  private static String send(int number) {
    return "SEND\ndestination:/queue/q\n\n" + number + "\0";
  }

  private static Peer subscribe(Bench bench, Random random) {
    bench.executor.release();
    boolean cumulative = random.nextBoolean();
    var peer = new Peer(bench.connected(Version.V1_2), cumulative);
    peer.client.send(
        "SUBSCRIBE\nid:s\ndestination:/queue/q\nack:%s\nprefetch-count:%d\n\n\0"
            .formatted(cumulative ? "client" : "client-individual", 1 + random.nextInt(5)));
    return peer;
  }

  /** What was held goes back; frames that are still to be written never arrive. */
  private void leave(Peer peer, Random random) {
    read(peer);
    peer.held.forEach(message -> heldBy.remove(message.body()));
    peer.held.clear();
    switch (random.nextInt(3)) {
      case 0 -> peer.client.send("UNSUBSCRIBE\nid:s\n\n\0");
      case 1 -> peer.client.send("DISCONNECT\n\n\0");
      default -> peer.client.session.disconnected();
    }
  }

  private void answer(Peer peer, Random random) {
    int index = random.nextInt(peer.held.size());
    List<Held> meant = List.copyOf(peer.held.subList(peer.cumulative ? 0 : index, index + 1));
    String frame =
        switch (random.nextInt(4)) {
          case 0 -> "NACK\nid:" + peer.held.get(index).ack();
          case 1 -> "NACK\nrequeue:false\nid:" + peer.held.get(index).ack();
          default -> "ACK\nid:" + peer.held.get(index).ack();
        };
    boolean inTransaction = random.nextInt(3) == 0;
    if (inTransaction) {
      peer.client.send("BEGIN\ntransaction:t\n\n\0" + frame + "\ntransaction:t\n\n\0");
      read(peer);
      if (random.nextBoolean()) {
        peer.client.send("ABORT\ntransaction:t\n\n\0");
        return;
      }
    }
    peer.held.removeAll(meant);
    meant.forEach(message -> heldBy.remove(message.body()));
    if (!frame.startsWith("NACK\nid")) {
      meant.forEach(message -> done.add(message.body()));
    }
    peer.client.send(inTransaction ? "COMMIT\ntransaction:t\n\n\0" : frame + "\n\n\0");
  }

  private void read(Peer peer) {
    while (!peer.client.frames.isEmpty()) {
      Frame frame = peer.client.take(Command.MESSAGE);
      String body = Client.text(frame);
      assertThat(done).as("what is done stays away").doesNotContain(body);
      assertThat(heldBy.put(body, peer)).as("%s is held by one", body).isNull();
      if (frame.header("redelivered") == null) {
        assertThat(seen).as("a redelivery says so").doesNotContain(body);
        int number = Integer.parseInt(body);
        assertThat(number).as("in order").isGreaterThan(peer.lastFirst);
        peer.lastFirst = number;
      }
      seen.add(body);
      peer.held.add(new Held(body, Objects.requireNonNull(frame.header("ack"))));
    }
  }

  /** Done, dead, or still queued: nothing else can have become of a message. */
  private void assertAllAreAccountedFor(Bench bench, int sent) {
    var rest = bench.connected(Version.V1_2);
    rest.send("SUBSCRIBE\nid:1\ndestination:/queue/q\n\n\0");
    rest.send("SUBSCRIBE\nid:2\ndestination:/queue/DLQ.q\n\n\0");
    var found = new HashSet<String>();
    var dead = new HashSet<String>();
    while (!rest.frames.isEmpty()) {
      Frame frame = rest.take(Command.MESSAGE);
      boolean isDead = "2".equals(frame.header("subscription"));
      assertThat((isDead ? dead : found).add(Client.text(frame))).isTrue();
    }
    assertThat(found).noneMatch(done::contains).noneMatch(dead::contains);
    var all = new HashSet<>(found);
    all.addAll(dead);
    all.addAll(done);
    assertThat(all).hasSize(sent);
    assertThat(bench.queues.status())
        .allSatisfy(each -> assertThat(each.depth() + each.pending()).isZero())
        .extracting(QueueStatus::consumers)
        .allMatch(count -> count == 1);
  }
}
