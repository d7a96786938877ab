package io.pharos.redis;

import io.pharos.broker.Broker;
import io.pharos.broker.BrokerListener;
import io.pharos.broker.History;
import io.pharos.broker.Interest;
import io.pharos.broker.Published;
import io.pharos.message.Destination;
import io.pharos.message.DestinationPattern;
import io.pharos.message.PharosException;
import io.pharos.message.Position;
import io.pharos.message.Publication;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A broker that cannot be reached. */
final class AwayBroker implements Broker {
  @Override
  public void start(BrokerListener listener) {}

  @Override
  public List<Published> publish(List<Publication> publications) {
    throw away();
  }

  @Override
  public History history(Destination destination, @Nullable Position after, int limit) {
    throw away();
  }

  @Override
  public List<Destination> destinations(DestinationPattern pattern) {
    throw away();
  }

  @Override
  public Interest subscribe(DestinationPattern pattern) {
    throw away();
  }

  @Override
  public void check() {
    throw away();
  }

  @Override
  public void close() {}

  private static PharosException away() {
    return new PharosException(PharosException.Code.UNAVAILABLE, "away");
  }
}
