package io.pharos.hub;

import static org.assertj.core.api.Assertions.assertThat;

import io.pharos.message.Destination;
import io.pharos.message.DestinationPattern;
import io.pharos.message.Position;
import io.pharos.session.CloseReason;
import io.pharos.session.Delivery;
import io.pharos.session.FakeConnection;
import io.pharos.session.Gap;
import io.pharos.session.Outgoing;
import io.pharos.session.Session;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A client that keeps its positions and checks what it is sent: every message follows the one
 * before, or a gap says that it does not; none comes twice, over all of its connections.
 */
final class ModelClient {
  private final Hub hub;
  private final SessionFactory factory;
  private final DestinationPattern pattern;
  private final Map<Destination, Position> last = new HashMap<>();
  private final Set<String> seen = new HashSet<>();
  private FakeConnection connection = new FakeConnection();
  private @Nullable Session session;
  private @Nullable Feed feed;
  private int read;
  private int gaps;

  ModelClient(Hub hub, SessionFactory factory, DestinationPattern pattern) {
    this.hub = hub;
    this.factory = factory;
    this.pattern = pattern;
  }

  boolean isConnected() {
    return session != null && session.isOpen();
  }

  boolean wants(Destination destination) {
    return pattern.matches(destination);
  }

  @Nullable Position last(Destination destination) {
    return last.get(destination);
  }

  int gaps() {
    return gaps;
  }

  /** Connects anew: from now on for the first time, later from where it left off. */
  void connect() {
    boolean first = session == null;
    connection = new FakeConnection();
    read = 0;
    session = factory.open(connection);
    Resume resume = first ? Resume.NOW : (Resume.From) this::place;
    feed = hub.subscribe(session, "s", pattern, resume);
    if (first) {
      last.putAll(feed.positions());
    }
  }

  private Resume.Place place(Destination destination) {
    Position position = last.get(destination);
    return position == null ? Resume.Place.BEGINNING : Resume.Place.at(position);
  }

  void start() {
    if (feed != null) {
      feed.start();
    }
  }

  /** Loses its connection; what is written already has arrived. */
  void disconnect() {
    if (session != null) {
      read();
      session.disconnected(CloseReason.CONNECTION_LOST);
    }
  }

  /** Takes in what was written. */
  void read() {
    List<Outgoing> written = connection.written();
    for (Outgoing item : written.subList(read, written.size())) {
      switch (item) {
        case Delivery delivery ->
            take(delivery.message().destination(), delivery.message().position());
        case Gap gap -> jump(gap.destination(), gap.position());
        default -> {}
      }
    }
    read = written.size();
  }

  private void take(Destination destination, Position position) {
    assertThat(wants(destination)).isTrue();
    assertThat(seen.add(destination + "@" + position)).as("%s comes once", position).isTrue();
    Position before = last.get(destination);
    if (before == null) {
      assertThat(position.offset()).as("all of a new destination").isEqualTo(1);
    } else {
      assertThat(position).as("what follows %s", before).isEqualTo(before.next());
    }
    last.put(destination, position);
  }

  private void jump(Destination destination, Position position) {
    gaps++;
    Position before = last.get(destination);
    if (before != null && before.epoch().equals(position.epoch())) {
      assertThat(position.offset())
          .as("a gap after %s misses something", before)
          .isGreaterThan(before.offset());
    }
    last.put(destination, position);
  }
}
