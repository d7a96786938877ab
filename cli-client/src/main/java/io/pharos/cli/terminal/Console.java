package io.pharos.cli.terminal;

import io.pharos.cli.failure.CliException;
import io.pharos.cli.failure.OutputClosedException;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * Where a command writes: data to standard output, everything else to standard error. With JSON,
 * each line of either is one object. For one thread.
 */
public final class Console {
  private static final String DIM = "\u001b[2m";
  private static final String RED = "\u001b[31m";
  private static final String YELLOW = "\u001b[33m";
  private static final String PLAIN = "\u001b[0m";

  private final Environment environment;
  private final boolean json;
  private final OutputStream out;

  public Console(Environment environment, boolean json) {
    this.environment = environment;
    this.json = json;
    this.out = new BufferedOutputStream(environment.out(), 1 << 16);
  }

  public boolean isJson() {
    return json;
  }

  /** Whether data may be decorated. */
  public boolean decoratesData() {
    return !json && environment.decorates(environment.terminals().out());
  }

  /** Whether data is read by a person, whose terminal obeys control characters. */
  public boolean showsDataToPerson() {
    return environment.terminals().out();
  }

  /**
   * Writes data as it is, buffered until {@link #flush}.
   *
   * @throws OutputClosedException when nobody reads any more
   * @throws CliException when it cannot be written for another reason
   */
  public void data(byte[] bytes) {
    try {
      out.write(bytes);
    } catch (IOException e) {
      throw unwritten(e);
    }
  }

  /** Writes a line of data, buffered. */
  public void line(String text) {
    data((text + "\n").getBytes(StandardCharsets.UTF_8));
  }

  /** Writes an object as one line of data, buffered. */
  public void line(JsonObject object) {
    line(object.toString());
  }

  /** Writes what is buffered; fails as {@link #data} does. */
  public void flush() {
    try {
      out.flush();
    } catch (IOException e) {
      throw unwritten(e);
    }
  }

  private static RuntimeException unwritten(IOException failure) {
    String reason = String.valueOf(failure.getMessage());
    // Java does not tell EPIPE, nor a socket's ECONNRESET, in another way.
    return reason.toLowerCase(Locale.ROOT).contains("pipe") || reason.contains("reset")
        ? new OutputClosedException(failure)
        : CliException.failed("cannot write to standard output: " + reason, null);
  }

  /** Text in the terminal's faint colour, where there is one. */
  public String dim(String text) {
    return decoratesData() ? DIM + text + PLAIN : text;
  }

  /** Tells what goes on. */
  public void note(String text) {
    if (json) {
      status(Json.createObjectBuilder().add("note", text));
    } else {
      status(DIM, text);
    }
  }

  /** Tells what did not go as it should, without ending the command. */
  public void warn(String text) {
    if (json) {
      status(Json.createObjectBuilder().add("warning", text));
    } else {
      status(YELLOW, text);
    }
  }

  /** Tells why the command ends. */
  public void fail(CliException failure) {
    String hint = failure.hint();
    if (json) {
      var error =
          Json.createObjectBuilder()
              .add("message", failure.message())
              .add("exitCode", failure.exitCode().number());
      if (hint != null) {
        error.add("hint", hint);
      }
      status(Json.createObjectBuilder().add("error", error));
    } else {
      String message = "pharos: " + failure.message();
      status(RED, hint == null ? message : ended(message) + " " + hint);
    }
  }

  /** What libraries and servers say may end as a sentence already. */
  private static String ended(String message) {
    return message.endsWith(".") || message.endsWith("?") || message.endsWith("!")
        ? message
        : message + ".";
  }

  private void status(JsonObjectBuilder object) {
    environment.err().println(object.build());
    environment.err().flush();
  }

  private void status(String colour, String text) {
    String safe = Visible.of(text);
    boolean coloured = environment.decorates(environment.terminals().err());
    environment.err().println(coloured ? colour + safe + PLAIN : safe);
    environment.err().flush();
  }
}
