package io.pharos.stomp;

import org.jspecify.annotations.Nullable;

/** The protocol's versions, oldest first. */
public enum Version {
  V1_0("1.0", Dialect.STOMP_1_0),
  V1_1("1.1", Dialect.STOMP_1_1),
  V1_2("1.2", Dialect.STOMP_1_2);

  private static final Version[] ALL = values();

  private final String number;
  private final Dialect dialect;

  Version(String number, Dialect dialect) {
    this.number = number;
    this.dialect = dialect;
  }

  /** As in the headers {@code accept-version} and {@code version}. */
  public String number() {
    return number;
  }

  Dialect dialect() {
    return dialect;
  }

  /** All versions as an {@code accept-version} header lists them. */
  public static String supported() {
    return "1.0,1.1,1.2";
  }

  /**
   * The highest version of a comma-separated list, 1.0 when there is no list, null when none of it
   * is known (STOMP 1.2, "Protocol Negotiation").
   */
  public static @Nullable Version negotiate(@Nullable String acceptVersion) {
    if (acceptVersion == null) {
      return V1_0;
    }
    Version best = null;
    for (String offered : acceptVersion.split(",", -1)) {
      Version version = of(offered.strip());
      if (version != null && (best == null || version.compareTo(best) > 0)) {
        best = version;
      }
    }
    return best;
  }

  /** The version of this number, or null. */
  public static @Nullable Version of(String number) {
    for (Version version : ALL) {
      if (version.number.equals(number)) {
        return version;
      }
    }
    return null;
  }
}
