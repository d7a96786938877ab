package io.pharos.stomp;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * One frame: a command, headers in their order, and a body, which only SEND, MESSAGE and ERROR may
 * have. Of a repeated header the first one counts (STOMP 1.2, "Repeated Header Entries"). The
 * encoder writes {@code content-length} by itself.
 */
public final class Frame {
  private static final byte[] NO_BODY = new byte[0];

  /** Roughly what one holds beside its text and its body, in bytes. */
  private static final long OVERHEAD = 256;

  private final Command command;
  private final String[] headers;
  private final byte[] body;

  private Frame(Command command, String[] headers, byte[] body) {
    this.command = command;
    this.headers = headers;
    this.body = body;
  }

  public static Builder of(Command command) {
    return new Builder(command);
  }

  public Command command() {
    return command;
  }

  /** The first header of this name, or null. */
  public @Nullable String header(String name) {
    return first(headers, headers.length, name);
  }

  /** All headers in their order, repeated ones included. */
  public void forEachHeader(BiConsumer<String, String> action) {
    for (int i = 0; i < headers.length; i += 2) {
      action.accept(headers[i], headers[i + 1]);
    }
  }

  /** The body itself, not a copy: the caller must not change it. */
  public byte[] body() {
    return body;
  }

  /** Roughly what it holds in memory, in bytes. */
  long weight() {
    long weight = OVERHEAD + body.length;
    for (String header : headers) {
      weight += header.length();
    }
    return weight;
  }

  private static @Nullable String first(String[] headers, int length, String name) {
    for (int i = 0; i < length; i += 2) {
      if (headers[i].equals(name)) {
        return headers[i + 1];
      }
    }
    return null;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Frame frame
        && command == frame.command
        && Arrays.equals(headers, frame.headers)
        && Arrays.equals(body, frame.body);
  }

  @Override
  public int hashCode() {
    return 31 * (31 * command.hashCode() + Arrays.hashCode(headers)) + Arrays.hashCode(body);
  }

  /** Command and sizes alone: headers hold tokens, and neither they nor bodies belong in logs. */
  @Override
  public String toString() {
    return command + " with " + headers.length / 2 + " headers, " + body.length + " bytes";
  }

  /** Collects a frame. Not for use by several threads. */
  public static final class Builder {
    private final Command command;
    private String[] headers = new String[16];
    private int length;
    private byte[] body = NO_BODY;

    private Builder(Command command) {
      this.command = command;
    }

    /** Adds a header after those there are. */
    public Builder header(String name, String value) {
      if (name.isEmpty()) {
        throw new IllegalArgumentException("a header must have a name");
      }
      if (length == headers.length) {
        headers = Arrays.copyOf(headers, 2 * length);
      }
      headers[length++] = name;
      headers[length++] = value;
      return this;
    }

    /** Adds a header unless the value is null. */
    public Builder headerIfPresent(String name, @Nullable String value) {
      return value == null ? this : header(name, value);
    }

    public Builder body(String text) {
      return body(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Takes the array over: the caller must not change it any more. */
    public Builder body(byte[] bytes) {
      if (bytes.length > 0 && !command.mayHaveBody()) {
        throw new IllegalArgumentException(command + " has no body");
      }
      body = bytes;
      return this;
    }

    public Frame build() {
      return new Frame(command, Arrays.copyOf(headers, length), body);
    }

    Command command() {
      return command;
    }

    int count() {
      return length / 2;
    }

    @Nullable String first(String name) {
      return Frame.first(headers, length, name);
    }

    /** Whether a later header of this name contradicts the first one. */
    boolean repeatsDifferently(String name) {
      String first = first(name);
      for (int i = 0; i < length; i += 2) {
        if (headers[i].equals(name) && !headers[i + 1].equals(first)) {
          return true;
        }
      }
      return false;
    }

    /** Removes the blanks that examples of version 1.0 put before a value. */
    void trimPadding() {
      for (int i = 1; i < length; i += 2) {
        headers[i] = headers[i].stripLeading();
      }
    }
  }
}
