package io.pharos.cli.output;

import io.pharos.cli.stream.MessageOutput;
import io.pharos.cli.stream.StreamEvent.Gap;
import io.pharos.cli.stream.StreamEvent.Received;
import io.pharos.cli.terminal.Console;
import io.pharos.cli.terminal.Visible;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Objects;

/**
 * For a person at a terminal: the time, by the server's clock where the transport tells it, the
 * destination, and the body with its control characters made visible.
 */
final class PersonOutput implements MessageOutput {
  private final Console console;
  private final Clock clock;
  private final DateTimeFormatter time;

  PersonOutput(Console console, Clock clock, ZoneId zone) {
    this.console = console;
    this.clock = clock;
    this.time = DateTimeFormatter.ofPattern("HH:mm:ss.SSS").withZone(zone);
  }

  @Override
  public void message(Received message) {
    Instant at = Objects.requireNonNullElse(message.timestamp(), clock.instant());
    String destination = message.destination();
    String before = time.format(at) + (destination == null ? "" : " " + Visible.of(destination));
    String body = new String(message.body().bytes(), StandardCharsets.UTF_8);
    console.line(console.dim(before) + " " + Visible.of(body));
  }

  @Override
  public void gap(Gap gap) {
    console.flush();
    console.warn(GapText.of(gap));
  }

  @Override
  public void flush() {
    console.flush();
  }
}
