package io.pharos.cli.stream;

import io.pharos.cli.stream.StreamEvent.Gap;
import io.pharos.cli.stream.StreamEvent.Received;

/** Where messages go. Failures of the output are unchecked. */
public interface MessageOutput {
  void message(Received message);

  void gap(Gap gap);

  /** Lets the reader see what was given so far. */
  void flush();
}
