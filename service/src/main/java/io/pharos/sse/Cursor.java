package io.pharos.sse;

import io.pharos.hub.Resume;
import io.pharos.message.Destination;
import io.pharos.message.PharosException;
import io.pharos.message.Position;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a client left off, from the {@code Last-Event-ID} that it sends: opaque to the client, and
 * only letters, digits and {@code - . _ ~}, so that a cross-origin reader needs no preflight as
 * long as it has at most 128 bytes.
 *
 * <p>A stream of one destination has its position, {@code EPOCH-OFFSET}. Other streams have {@code
 * _REQUEST.KEY-EPOCH-OFFSET.KEY-EPOCH-OFFSET…}: five characters that tie it to the request, then
 * each destination's position, with the offset in base 36. The key is the destination's index in
 * the request or, when a pattern found it, {@code _} and six characters of its hash. About eight
 * named destinations fit into 128 bytes, or five found by patterns. A longer cursor is still exact.
 * Beyond {@value #MAX_LENGTH} bytes the rest is left out, a {@code ~} after the request says so,
 * and who resumes there gets a gap for what is missing.
 */
public final class Cursor implements Resume.From {
  /** The longest cursor that is made or read, in bytes. */
  public static final int MAX_LENGTH = 2048;

  static final String MARK = "_";
  static final String INCOMPLETE = "~";
  private static final int RADIX = 36;
  private static final Pattern HEAD = Pattern.compile("_([0-9a-z]{5})(~?)");
  private static final Pattern ENTRY =
      Pattern.compile(
          "([0-9a-z]{1,6}|_[0-9a-z]{6})-([0-9A-Za-z]{1,16})-(0|[1-9a-z][0-9a-z]{0,11})");

  private final StreamRequest request;
  private final Map<String, Position> positions;
  private final Place others;

  private Cursor(StreamRequest request, Map<String, Position> positions, Place others) {
    this.request = request;
    this.positions = positions;
    this.others = others;
  }

  /**
   * Reads a cursor. One that belongs to another request is well-formed and of no use: it answers
   * {@link io.pharos.hub.Resume.Place#UNKNOWN} for every destination.
   *
   * @throws PharosException BAD_REQUEST when no stream ever made it
   */
  public static Cursor parse(String token, StreamRequest request) {
    if (token.length() > MAX_LENGTH) {
      throw PharosException.badRequest("the cursor is longer than " + MAX_LENGTH + " bytes");
    }
    return token.startsWith(MARK) ? composite(token, request) : single(token, request);
  }

  private static Cursor single(String token, StreamRequest request) {
    Position position;
    try {
      position = Position.parse(token);
    } catch (PharosException e) {
      throw malformed();
    }
    return request.isSingle()
        ? new Cursor(request, Map.of("0", position), Place.UNKNOWN)
        : foreign(request);
  }

  private static Cursor composite(String token, StreamRequest request) {
    List<String> parts = List.of(token.split("\\.", -1));
    Matcher head = HEAD.matcher(parts.getFirst());
    if (!head.matches()) {
      throw malformed();
    }
    Map<String, Position> positions = new HashMap<>();
    for (String part : parts.subList(1, parts.size())) {
      Matcher entry = ENTRY.matcher(part);
      if (!entry.matches()) {
        throw malformed();
      }
      long offset = Long.parseLong(entry.group(3), RADIX);
      if (positions.put(entry.group(1), new Position(entry.group(2), offset)) != null) {
        throw malformed();
      }
    }
    if (request.isSingle() || !head.group(1).equals(request.fingerprint())) {
      return foreign(request);
    }
    boolean complete = head.group(2).isEmpty();
    return new Cursor(request, positions, complete ? Place.BEGINNING : Place.UNKNOWN);
  }

  private static Cursor foreign(StreamRequest request) {
    return new Cursor(request, Map.of(), Place.UNKNOWN);
  }

  /** A destination that a pattern finds and a complete cursor does not know is a new one. */
  @Override
  public Place after(Destination destination) {
    Position position = positions.get(request.key(destination));
    if (position != null) {
      return Place.at(position);
    }
    return request.names(destination) ? Place.UNKNOWN : others;
  }

  static String entry(String key, Position position) {
    return "." + key + "-" + position.epoch() + "-" + Long.toString(position.offset(), RADIX);
  }

  private static PharosException malformed() {
    return PharosException.badRequest(
        "the cursor is malformed: send the id of an event of this stream, as it was received");
  }
}
