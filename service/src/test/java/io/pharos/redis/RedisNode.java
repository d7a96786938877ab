package io.pharos.redis;

import io.pharos.broker.HistoryLimits;
import io.pharos.broker.Interest;
import io.pharos.broker.Published;
import io.pharos.message.Body;
import io.pharos.message.Destination;
import io.pharos.message.DestinationPattern;
import io.pharos.message.Headers;
import io.pharos.message.PharosException;
import io.pharos.message.Publication;
import java.time.Duration;
import java.util.List;

/** One broker with its listener, as one node has them. */
final class RedisNode implements AutoCloseable {
  static final Destination BARE = Destination.of("/topic/bare");
  static final int SIZE = 20_000;

  /** Looks often, and has all the time that a busy machine needs until it is answered. */
  static final RedisTimings PATIENT =
      new RedisTimings(
          Duration.ofSeconds(20),
          Duration.ofSeconds(30),
          Duration.ofSeconds(60),
          Duration.ofMillis(300),
          Duration.ofSeconds(30),
          Duration.ofMillis(100),
          Duration.ofMillis(50),
          Duration.ofMillis(200));

  /** Gives up soon: for a way to Redis that a test cuts off. What it asks for may fail any time. */
  private static final RedisTimings HASTY =
      new RedisTimings(
          Duration.ofMillis(500),
          Duration.ofMillis(500),
          Duration.ofSeconds(2),
          Duration.ofMillis(300),
          Duration.ofMillis(300),
          Duration.ofMillis(100),
          Duration.ofMillis(50),
          Duration.ofMillis(200));

  final Recorder recorder = new Recorder();
  final RedisBroker broker;

  RedisNode(RedisUrl url, String prefix) {
    this(url, prefix, PATIENT);
  }

  RedisNode(RedisUrl url, String prefix, RedisTimings timings) {
    broker =
        new RedisBroker(
            url,
            prefix,
            d -> new HistoryLimits(d.equals(BARE) ? 0 : SIZE, Duration.ofMinutes(5)),
            timings);
    broker.start(recorder);
  }

  static RedisNode hasty(RedisUrl url, String prefix) {
    return new RedisNode(url, prefix, HASTY);
  }

  Interest subscribe(Destination destination) {
    return broker.subscribe(DestinationPattern.of(destination));
  }

  /** Subscribes as soon as Redis can be reached. */
  void subscribeEventually(Destination destination) throws InterruptedException {
    subscribeEventually(DestinationPattern.of(destination));
  }

  void subscribeEventually(DestinationPattern pattern) throws InterruptedException {
    Recorder.eventually(
        "a subscription to " + pattern.value(), () -> isUp() && subscribed(pattern));
  }

  private boolean subscribed(DestinationPattern pattern) {
    try {
      broker.subscribe(pattern);
      return true;
    } catch (PharosException e) {
      return false;
    }
  }

  boolean isUp() {
    try {
      broker.check();
      return true;
    } catch (PharosException e) {
      return false;
    }
  }

  Published publish(Destination destination, String body) {
    return broker.publish(List.of(Publication.text(destination, body))).getFirst();
  }

  Published publishKeyed(Destination destination, String body, String key) {
    var publication = new Publication(destination, Body.of(body), null, Headers.NONE, key);
    return broker.publish(List.of(publication)).getFirst();
  }

  /** As a careful publisher does: again and again with the same key, until it is stored. */
  Published publishUntilStored(Destination destination, String body) throws InterruptedException {
    long end = System.nanoTime() + Recorder.PATIENCE.toNanos();
    while (true) {
      try {
        return publishKeyed(destination, body, body);
      } catch (PharosException e) {
        if (System.nanoTime() > end) {
          throw e;
        }
        Thread.sleep(5);
      }
    }
  }

  @Override
  public void close() {
    broker.close();
  }
}
