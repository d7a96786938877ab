package io.pharos.cli;

import io.pharos.cli.failure.CliException;
import io.pharos.message.DestinationPattern;
import java.util.List;

/** Checks what a subscriber names. */
final class Destinations {
  private Destinations() {}

  /**
   * The destinations without what another one takes in already, so that no message comes twice.
   *
   * @throws io.pharos.message.PharosException when one is malformed
   */
  static List<String> normal(List<String> destinations) {
    List<DestinationPattern> patterns =
        destinations.stream().distinct().map(DestinationPattern::new).toList();
    return patterns.stream()
        .filter(one -> patterns.stream().noneMatch(by -> !by.equals(one) && by.implies(one)))
        .map(DestinationPattern::value)
        .toList();
  }

  /** Checks that a destination has no wildcard, as the named option or command requires. */
  static void checkLiteral(String requiredBy, String destination) {
    if (!new DestinationPattern(destination).isLiteral()) {
      throw CliException.usage(
          requiredBy + " needs a destination without wildcards, not '" + destination + "'");
    }
  }
}
