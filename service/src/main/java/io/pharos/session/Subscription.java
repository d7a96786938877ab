package io.pharos.session;

import io.pharos.message.DestinationPattern;

/**
 * A session's wish for the messages of one destination, or of all that a pattern matches. Once
 * closed it stays closed, and what still waits for it must not be written any more.
 */
public final class Subscription {
  private final Session session;
  private final String id;
  private final DestinationPattern pattern;
  private volatile boolean open = true;

  public Subscription(Session session, String id, DestinationPattern pattern) {
    this.session = session;
    this.id = id;
    this.pattern = pattern;
  }

  public Session session() {
    return session;
  }

  /** What the client calls it; unique within its session. */
  public String id() {
    return id;
  }

  public DestinationPattern pattern() {
    return pattern;
  }

  public boolean isOpen() {
    return open;
  }

  /** Ends delivery, also of what is queued already. */
  public void close() {
    open = false;
  }

  @Override
  public String toString() {
    return pattern + " of session " + session.id();
  }
}
