package io.pharos.cli.output;

import io.pharos.cli.stream.MessageOutput;
import io.pharos.cli.stream.StreamEvent.Gap;
import io.pharos.cli.stream.StreamEvent.Received;
import io.pharos.cli.terminal.Console;

/** For programs: each body as it is and a line end. Gaps are told on standard error. */
final class PlainOutput implements MessageOutput {
  private static final byte[] LINE_END = {'\n'};

  private final Console console;

  PlainOutput(Console console) {
    this.console = console;
  }

  @Override
  public void message(Received message) {
    console.data(message.body().bytes());
    console.data(LINE_END);
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
