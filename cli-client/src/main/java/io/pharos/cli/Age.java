package io.pharos.cli;

import java.time.Duration;

/** A time span as people read it: its two largest units. */
record Age(Duration duration) {

  static Age ofSeconds(long seconds) {
    return new Age(Duration.ofSeconds(seconds));
  }

  @Override
  public String toString() {
    if (duration.toDays() > 0) {
      return duration.toDays() + "d" + duration.toHoursPart() + "h";
    }
    if (duration.toHours() > 0) {
      return duration.toHours() + "h" + duration.toMinutesPart() + "m";
    }
    if (duration.toMinutes() > 0) {
      return duration.toMinutes() + "m" + duration.toSecondsPart() + "s";
    }
    return duration.toSeconds() + "s";
  }
}
