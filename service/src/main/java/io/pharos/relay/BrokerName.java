package io.pharos.relay;

import io.pharos.message.Destination;
import io.pharos.message.DestinationPattern;
import io.pharos.message.PharosException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * What the broker calls a destination, in the header's form. Topics' segments are the words of a
 * routing key: {@code /} and {@code .} change places, so that {@code /topic/prices/eur} is {@code
 * prices.eur} to AMQP, and its wildcards work. Queues keep their names. A user's queue is a topic
 * whose first word no client can say. All but plain ASCII is percent-encoded, which RabbitMQ
 * undoes.
 *
 * @param header at least {@code /topic/x} or {@code /queue/x}
 */
record BrokerName(String header) {
  /** What AMQP 0-9-1 allows for routing keys and queues' names. */
  static final int MAX_BYTES = 255;

  private static final String TOPIC = "/topic/";
  private static final String QUEUE = "/queue/";
  private static final String USER = "/user/";

  /** A percent sign is not allowed in topics. */
  private static final String USER_WORD = "%user.";

  private static final String HEX = "0123456789ABCDEF";

  /**
   * The name of a destination or pattern.
   *
   * @throws PharosException BAD_REQUEST when it is too long for the broker
   */
  static BrokerName of(String destination) {
    String kind = destination.startsWith(QUEUE) ? QUEUE : TOPIC;
    String name;
    if (destination.startsWith(QUEUE)) {
      name = destination.substring(QUEUE.length());
    } else if (destination.startsWith(USER)) {
      name = USER_WORD + swapped(destination.substring(USER.length()));
    } else {
      name = swapped(destination.substring(TOPIC.length()));
    }
    if (name.endsWith("**")) {
      // One word or more: the broker's own sign for the rest stands for none as well.
      name = name.substring(0, name.length() - 2) + "*.#";
    }
    byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
    if (bytes.length > MAX_BYTES) {
      throw PharosException.badRequest(
          "destination is longer than the "
              + MAX_BYTES
              + " bytes that the broker behind this allows for a name");
    }
    return new BrokerName(kind + encoded(bytes));
  }

  static BrokerName of(Destination destination) {
    return of(destination.value());
  }

  static BrokerName of(DestinationPattern pattern) {
    return of(pattern.value());
  }

  /** Reverses {@link #of}; null when the name stands for none of our destinations. */
  @Nullable Destination destination() {
    try {
      if (header.startsWith(QUEUE)) {
        return Destination.of(QUEUE + decoded(header.substring(QUEUE.length())));
      }
      if (!header.startsWith(TOPIC)) {
        return null;
      }
      String name = decoded(header.substring(TOPIC.length()));
      return Destination.of(
          name.startsWith(USER_WORD)
              ? USER + swapped(name.substring(USER_WORD.length()))
              : TOPIC + swapped(name));
    } catch (PharosException | IllegalArgumentException e) {
      return null;
    }
  }

  private static String swapped(String name) {
    var swapped = new StringBuilder(name);
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (c == '/') {
        swapped.setCharAt(i, '.');
      } else if (c == '.') {
        swapped.setCharAt(i, '/');
      }
    }
    return swapped.toString();
  }

  private static String encoded(byte[] bytes) {
    var encoded = new StringBuilder(bytes.length);
    for (byte each : bytes) {
      if (isPlain(each)) {
        encoded.append((char) each);
      } else {
        encoded.append('%').append(HEX.charAt((each >> 4) & 15)).append(HEX.charAt(each & 15));
      }
    }
    return encoded.toString();
  }

  /** The wildcards are among them: no destination holds these characters otherwise. */
  private static boolean isPlain(byte c) {
    return c >= 'a' && c <= 'z'
        || c >= 'A' && c <= 'Z'
        || c >= '0' && c <= '9'
        || c == '-'
        || c == '_'
        || c == '.'
        || c == '~'
        || c == '*'
        || c == '#';
  }

  private static String decoded(String text) {
    byte[] in = text.getBytes(StandardCharsets.UTF_8);
    byte[] out = new byte[in.length];
    int length = 0;
    for (int i = 0; i < in.length; i++) {
      if (in[i] == '%') {
        if (i + 2 >= in.length) {
          throw new IllegalArgumentException("an escape is cut off");
        }
        out[length++] = (byte) (digit(in[i + 1]) << 4 | digit(in[i + 2]));
        i += 2;
      } else {
        out[length++] = in[i];
      }
    }
    return new String(out, 0, length, StandardCharsets.UTF_8);
  }

  private static int digit(byte c) {
    int value = Character.digit(c, 16);
    if (value < 0) {
      throw new IllegalArgumentException("no hexadecimal digit");
    }
    return value;
  }

  @Override
  public String toString() {
    return header;
  }
}
