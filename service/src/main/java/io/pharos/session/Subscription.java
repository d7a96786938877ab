package io.pharos.session;

import io.pharos.message.DestinationPattern;
import io.pharos.message.Position;
import org.jspecify.annotations.Nullable;

/**
 * A session's wish for the messages of one destination, or of all that a pattern matches. Once
 * closed it stays closed, and what still waits for it must not be written any more.
 */
public final class Subscription {
  private final Session session;
  private final String id;
  private final DestinationPattern pattern;
  private volatile boolean open = true;

  /** Its writer's. */
  private @Nullable Position reached;

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

  /** The position that was written last, or null: for the session's one writer. */
  public @Nullable Position reached() {
    return reached;
  }

  /**
   * Notes a position that was written, and returns the one before it, or null: for the session's
   * one writer.
   */
  public @Nullable Position reached(Position position) {
    Position before = reached;
    reached = position;
    return before;
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
