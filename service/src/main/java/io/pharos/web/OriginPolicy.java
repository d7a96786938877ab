package io.pharos.web;

import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Which browser origins may call: the server's own, and those that are listed, compared as scheme,
 * host and port, never in part. A request without an origin does not come from a browser's script.
 * The origin {@code null} counts only when it is listed; {@code *} in the list stands for all.
 */
public final class OriginPolicy {
  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

  private static final String ANY = "*";

  private final Set<String> allowed;
  private final boolean allowLoopback;

  private OriginPolicy(Set<String> allowed, boolean allowLoopback) {
    this.allowed = allowed;
    this.allowLoopback = allowLoopback;
  }

  /**
   * Reads the configured list.
   *
   * @param origins as configured, {@code https://app.example:8443}
   * @param dev development mode also takes pages from any port of this machine
   * @throws IllegalArgumentException naming an entry that is no origin
   */
  public static OriginPolicy of(List<String> origins, boolean dev) {
    var allowed = new TreeSet<String>();
    for (String origin : origins) {
      String normal = origin.equals("null") || origin.equals(ANY) ? origin : normalise(origin);
      if (normal == null) {
        throw new IllegalArgumentException(
            "pharos.allowed-origins holds '"
                + origin
                + "', which is no origin: write https://host or https://host:port");
      }
      allowed.add(normal);
    }
    return new OriginPolicy(allowed, dev);
  }

  /** Whether every page may call, whatever its origin: {@code *} is listed. */
  public boolean allowsAny() {
    return allowed.contains(ANY);
  }

  /**
   * Whether a browser's page may call.
   *
   * @param origin the {@code Origin} header
   * @param host the {@code Host} header: what the browser believes to talk to
   * @param secure whether the request came by TLS: a page of the same host that did not is then
   *     another origin. Without TLS, nobody knows whether a proxy in front has ended it.
   */
  public boolean allows(String origin, @Nullable String host, boolean secure) {
    if (allowsAny() || allowed.contains(origin)) {
      return true;
    }
    String normal = normalise(origin);
    if (normal == null) {
      return false;
    }
    return allowed.contains(normal)
        || sameHost(normal, host) && (!secure || normal.startsWith("https:"))
        || allowLoopback && isLoopback(normal);
  }

  private static boolean sameHost(String origin, @Nullable String host) {
    if (host == null) {
      return false;
    }
    String scheme = origin.substring(0, origin.indexOf(':'));
    return origin.equals(normalise(scheme + "://" + host));
  }

  private static boolean isLoopback(String origin) {
    return LOOPBACK.contains(URI.create(origin).getHost());
  }

  /**
   * Scheme, host and port in lower case, a scheme's usual port left out; null when it is no origin.
   */
  private static @Nullable String normalise(String origin) {
    URI uri;
    try {
      uri = URI.create(origin.toLowerCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      return null;
    }
    String scheme = uri.getScheme();
    String host = uri.getHost();
    boolean plain =
        ("http".equals(scheme) || "https".equals(scheme))
            && host != null
            && uri.getRawPath().isEmpty()
            && uri.getRawQuery() == null
            && uri.getRawFragment() == null
            && uri.getRawUserInfo() == null;
    if (!plain) {
      return null;
    }
    boolean usualPort = uri.getPort() == (scheme.equals("http") ? 80 : 443);
    return scheme + "://" + host + (uri.getPort() < 0 || usualPort ? "" : ":" + uri.getPort());
  }
}
