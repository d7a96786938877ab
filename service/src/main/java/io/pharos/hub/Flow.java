package io.pharos.hub;

/**
 * How a subscription's messages flow.
 *
 * @param window how many messages the client may have that it has not acknowledged. Of a work
 *     queue, this is what one consumer holds, and counts in every mode
 */
public record Flow(Acknowledgement acknowledgement, int window) {
  public static final int DEFAULT_WINDOW = 50;

  /** Messages count as done once they are written. */
  public static final Flow AUTOMATIC = new Flow(Acknowledgement.AUTOMATIC, DEFAULT_WINDOW);

  /** Who says that a message is done. */
  public enum Acknowledgement {
    /** Whoever writes it. */
    AUTOMATIC,
    /** The client. */
    BY_CLIENT
  }

  public Flow {
    if (window < 1) {
      throw new IllegalArgumentException("a window must be positive");
    }
  }
}
