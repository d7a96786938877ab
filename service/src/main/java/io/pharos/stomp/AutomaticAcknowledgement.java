package io.pharos.stomp;

import io.pharos.message.Outcome;
import io.pharos.message.PharosException;
import io.pharos.session.AcknowledgedDelivery;
import io.pharos.session.Acknowledger;
import io.pharos.session.Subscription;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Acknowledges what one write has put on the wire, where the client need not. */
final class AutomaticAcknowledgement {
  private record Written(Acknowledger acknowledger, List<Long> tags) {}

  private final Map<Subscription, Written> written = new LinkedHashMap<>(2);

  void add(AcknowledgedDelivery delivery) {
    written
        .computeIfAbsent(
            delivery.subscription(), s -> new Written(delivery.acknowledger(), new ArrayList<>()))
        .tags()
        .add(delivery.tag());
  }

  /**
   * The write has succeeded.
   *
   * @throws PharosException when that cannot be stored; the session must end, so that the messages
   *     go back
   */
  void done() {
    for (Written each : written.values()) {
      each.acknowledger().settle(each.tags(), Outcome.ACKNOWLEDGED);
    }
  }
}
