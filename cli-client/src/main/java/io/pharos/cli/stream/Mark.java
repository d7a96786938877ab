package io.pharos.cli.stream;

/**
 * A place from where a subscription can go on.
 *
 * @param source what it is a place in: a destination, or the whole stream
 * @param cursor the place, as the server named it
 */
public record Mark(String source, String cursor) {
  /** The cursor that asks for everything that is retained; no message has it. */
  public static final String EARLIEST = "earliest";
}
