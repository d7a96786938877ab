package io.pharos.redis;

import io.pharos.message.Destination;
import io.pharos.message.Message;
import io.pharos.message.PharosException;
import io.pharos.message.Position;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What publishing hands out on a channel: messages of one destination that follow each other. A
 * line {@code EPOCH FIRST COUNT MILLISECONDS DESTINATION}, then for each message a line {@code
 * HEAD-LENGTH BODY-LENGTH}, its head and its body.
 */
final class Frame {
  private static final int MAX_LINE = 1024;

  private final byte[] bytes;
  private final Destination destination;
  private final Position first;
  private final int count;
  private final Instant time;
  private int at;

  private Frame(
      byte[] bytes, int at, Destination destination, Position first, int count, Instant time) {
    this.bytes = bytes;
    this.at = at;
    this.destination = destination;
    this.first = first;
    this.count = count;
    this.time = time;
  }

  /** Reads the first line; null when this is no frame. */
  static @Nullable Frame parse(byte[] bytes) {
    int end = lineEnd(bytes, 0);
    String[] words =
        end < 0 ? new String[0] : new String(bytes, 0, end, StandardCharsets.UTF_8).split(" ", -1);
    if (words.length != 5) {
      return null;
    }
    try {
      var first = new Position(words[0], Long.parseLong(words[1]));
      int count = Integer.parseInt(words[2]);
      var time = Instant.ofEpochMilli(Long.parseLong(words[3]));
      return first.offset() < 1 || count < 1
          ? null
          : new Frame(bytes, end + 1, Destination.of(words[4]), first, count, time);
    } catch (NumberFormatException | DateTimeException | PharosException e) {
      return null;
    }
  }

  Destination destination() {
    return destination;
  }

  /** The last message of the frame. */
  Place newest() {
    return new Place(new Position(first.epoch(), first.offset() + count - 1), time.toEpochMilli());
  }

  /** Reads the messages, once; empty when one of them cannot be read. */
  List<Message> messages() {
    var messages = new ArrayList<Message>(Math.min(count, bytes.length));
    Position position = first;
    while (messages.size() < count) {
      Message message = next(position);
      if (message == null) {
        return List.of();
      }
      messages.add(message);
      position = position.next();
    }
    return messages;
  }

  private @Nullable Message next(Position position) {
    int end = lineEnd(bytes, at);
    int space = end < 0 ? -1 : indexOf(bytes, ' ', at, end);
    if (space < 0) {
      return null;
    }
    int head = number(at, space);
    int body = number(space + 1, end);
    int start = end + 1;
    if (head < 0 || body < 0 || (long) start + head + body > bytes.length) {
      return null;
    }
    at = start + head + body;
    return MessageHead.decode(
        destination,
        position,
        time,
        Arrays.copyOfRange(bytes, start, start + head),
        Arrays.copyOfRange(bytes, start + head, at));
  }

  private int number(int from, int to) {
    int value = 0;
    for (int i = from; i < to; i++) {
      int digit = bytes[i] - '0';
      if (digit < 0 || digit > 9 || i - from > 8) {
        return -1;
      }
      value = value * 10 + digit;
    }
    return from == to ? -1 : value;
  }

  private static int lineEnd(byte[] bytes, int from) {
    return indexOf(bytes, '\n', from, Math.min(bytes.length, from + MAX_LINE));
  }

  private static int indexOf(byte[] bytes, char wanted, int from, int to) {
    for (int i = from; i < to; i++) {
      if (bytes[i] == wanted) {
        return i;
      }
    }
    return -1;
  }
}
