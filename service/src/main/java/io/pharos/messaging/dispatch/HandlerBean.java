package io.pharos.messaging.dispatch;

/** A bean that has message handlers. */
public interface HandlerBean {
  /** Its class, as it was written. */
  Class<?> type();

  /** Takes an instance for one call. */
  Lease lease();

  /** An instance that is in use. */
  interface Lease extends AutoCloseable {
    Object instance();

    @Override
    void close();
  }
}
