package io.pharos.cli.output;

import io.pharos.cli.stream.StreamEvent.Gap;

/** A gap as a sentence. */
final class GapText {
  private GapText() {}

  static String of(Gap gap) {
    String destination = gap.destination();
    String position = gap.position();
    return "gap"
        + (destination == null ? "" : " in " + destination)
        + (position == null ? "" : " before what follows " + position)
        + ": "
        + gap.reason();
  }
}
