package io.pharos.it.relayed;

import io.pharos.broker.BrokerAvailability;
import io.pharos.messaging.SubscribeMapping;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Tells who subscribes to {@code /app/broker.seen} what it was told of the broker so far. */
@ApplicationScoped
public class BrokerWitness {
  private final List<Boolean> seen = new CopyOnWriteArrayList<>();

  void changed(@Observes BrokerAvailability change) {
    seen.add(change.available());
  }

  @SubscribeMapping("broker.seen")
  public String seen() {
    return seen.toString();
  }
}
