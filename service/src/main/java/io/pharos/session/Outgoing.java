package io.pharos.session;

/**
 * One thing that waits to be written to a client. Each protocol has its own beside {@link Delivery}
 * and {@link Gap}.
 */
public interface Outgoing {

  /** Roughly how many bytes it occupies while it waits and on the wire. */
  int weight();
}
