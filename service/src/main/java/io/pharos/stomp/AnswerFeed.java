package io.pharos.stomp;

import io.pharos.hub.Feed;
import io.pharos.message.Destination;
import io.pharos.message.Position;
import io.pharos.session.Subscription;
import java.util.List;
import java.util.Map;

/** A subscription that a message handler answers once, and that is quiet from then on. */
record AnswerFeed(Subscription subscription, Runnable answer) implements Feed {
  @Override
  public Map<Destination, Position> positions() {
    return Map.of();
  }

  @Override
  public List<Destination> atMostOnce() {
    return List.of();
  }

  @Override
  public void start() {
    answer.run();
  }

  @Override
  public void close() {
    subscription.close();
  }
}
