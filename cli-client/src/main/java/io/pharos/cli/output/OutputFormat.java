package io.pharos.cli.output;

import io.pharos.cli.stream.MessageOutput;
import io.pharos.cli.terminal.Console;
import java.time.Clock;
import java.time.ZoneId;

/** What messages look like. */
public enum OutputFormat {
  /** A body a line; more for a person at a terminal. */
  LINES,
  RAW,
  JSON;

  public MessageOutput on(Console console) {
    return switch (this) {
      case RAW -> new RawOutput(console);
      case JSON -> new JsonOutput(console);
      case LINES ->
          console.showsDataToPerson()
              ? new PersonOutput(console, Clock.systemUTC(), ZoneId.systemDefault())
              : new PlainOutput(console);
    };
  }
}
