package io.pharos.cli.output;

import io.pharos.cli.stream.MessageOutput;
import io.pharos.cli.stream.StreamEvent.Gap;
import io.pharos.cli.stream.StreamEvent.Received;
import io.pharos.cli.terminal.Console;

/** The bodies' bytes, and nothing else. Gaps are told on standard error. */
final class RawOutput implements MessageOutput {
  private final Console console;

  RawOutput(Console console) {
    this.console = console;
  }

  @Override
  public void message(Received message) {
    console.data(message.body().bytes());
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
