package io.pharos.hub;

import io.pharos.message.Destination;
import io.pharos.message.DestinationPattern;
import io.pharos.message.PharosException;
import java.util.EnumSet;
import java.util.Set;

/** Which kinds of destination are offered; the others are named in the protocol and refused. */
record OfferedKinds(Set<Destination.Kind> kinds) {
  /** Without message handlers. */
  static final OfferedKinds THIS_VERSION =
      new OfferedKinds(EnumSet.complementOf(EnumSet.of(Destination.Kind.APP)));

  OfferedKinds {
    kinds = Set.copyOf(kinds);
  }

  /**
   * Refuses what is not offered.
   *
   * @throws PharosException UNSUPPORTED
   */
  void check(Destination destination) {
    check(destination.value(), destination.kind());
  }

  /**
   * Refuses a pattern that stands for nothing but what is not offered.
   *
   * @throws PharosException UNSUPPORTED
   */
  void check(DestinationPattern pattern) {
    String value = pattern.value();
    if (value.startsWith("/app/")) {
      check(value, Destination.Kind.APP);
    }
  }

  private void check(String name, Destination.Kind kind) {
    if (!kinds.contains(kind)) {
      throw new PharosException(
          PharosException.Code.UNSUPPORTED,
          "'" + name + "' is not available yet: message handlers are not offered by this version");
    }
  }
}
