package io.pharos.hub;

import io.pharos.message.Destination;
import io.pharos.message.Position;
import io.pharos.session.Subscription;
import java.util.List;
import java.util.Map;

/** What flows to one subscription. It is held back until it is started. */
public interface Feed {
  Subscription subscription();

  /**
   * After which position each destination's messages will follow, once started; nothing where there
   * are no positions to resume from.
   */
  Map<Destination, Position> positions();

  /** The destinations known by now that keep no history: what is missed there is lost. */
  List<Destination> atMostOnce();

  /** Lets the messages flow. Returns at once. */
  void start();

  /** Ends the subscription. Idempotent. */
  void close();
}
