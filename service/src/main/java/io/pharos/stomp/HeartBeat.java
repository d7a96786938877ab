package io.pharos.stomp;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One side's {@code heart-beat} header (STOMP 1.2, "Heart-beating").
 *
 * @param sends the shortest interval in which this side can send; zero when it cannot
 * @param wants the interval in which this side wants to receive; zero when it does not care
 */
public record HeartBeat(Duration sends, Duration wants) {
  private static final HeartBeat NONE = new HeartBeat(Duration.ZERO, Duration.ZERO);

  /** Parses a header; without one there are no heart-beats. */
  public static HeartBeat parse(@Nullable String header) {
    if (header == null) {
      return NONE;
    }
    int comma = header.indexOf(',');
    if (comma < 0) {
      throw malformed();
    }
    return new HeartBeat(
        milliseconds(header.substring(0, comma)), milliseconds(header.substring(comma + 1)));
  }

  /** How often the one that sends must send to the other; zero when it need not. */
  public static Duration interval(HeartBeat sender, HeartBeat receiver) {
    if (sender.sends.isZero() || receiver.wants.isZero()) {
      return Duration.ZERO;
    }
    return sender.sends.compareTo(receiver.wants) > 0 ? sender.sends : receiver.wants;
  }

  private static Duration milliseconds(String text) {
    boolean digits =
        !text.isEmpty() && text.length() <= 10 && text.chars().allMatch(c -> c >= '0' && c <= '9');
    if (!digits || Long.parseLong(text) > Integer.MAX_VALUE) {
      throw malformed();
    }
    return Duration.ofMillis(Long.parseLong(text));
  }

  private static StompException malformed() {
    return StompException.malformed("heart-beat must be two numbers of milliseconds: 10000,10000");
  }

  /** As in the header. */
  @Override
  public String toString() {
    return sends.toMillis() + "," + wants.toMillis();
  }
}
