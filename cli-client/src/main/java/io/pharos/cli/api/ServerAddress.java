package io.pharos.cli.api;

import io.pharos.cli.failure.CliException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;

/**
 * Where a server is: {@code http} or {@code https}, host, port, and the context root where there is
 * one. Ends without a slash.
 */
public record ServerAddress(URI uri) {
  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]", "::1");

  public static ServerAddress parse(String text) {
    String address = text.strip();
    while (address.endsWith("/")) {
      address = address.substring(0, address.length() - 1);
    }
    URI uri;
    try {
      uri = URI.create(address);
    } catch (IllegalArgumentException e) {
      throw wrong(text);
    }
    String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
    boolean plain =
        (scheme.equals("http") || scheme.equals("https"))
            && uri.getHost() != null
            && uri.getRawUserInfo() == null
            && uri.getRawQuery() == null
            && uri.getRawFragment() == null;
    if (!plain) {
      throw wrong(text);
    }
    return new ServerAddress(uri);
  }

  /**
   * A resource below the context root.
   *
   * @param query names and values in turn
   */
  public URI resource(String path, String... query) {
    var address = new StringBuilder(uri.toString()).append(path);
    for (int i = 0; i < query.length; i += 2) {
      address.append(i == 0 ? '?' : '&').append(query[i]).append('=').append(encode(query[i + 1]));
    }
    return URI.create(address.toString());
  }

  /** A resource at the root of the host, whatever the context root. */
  public URI rootResource(String path) {
    return uri.resolve(path);
  }

  /** The WebSocket endpoint. */
  public URI webSocket() {
    return webSocket("");
  }

  /** A WebSocket below that endpoint: one of SockJS. */
  public URI webSocket(String path) {
    return URI.create("ws" + uri.toString().substring("http".length()) + "/ws" + path);
  }

  public boolean isLoopback() {
    return LOOPBACK.contains(uri.getHost().toLowerCase(Locale.ROOT));
  }

  @Override
  public String toString() {
    return uri.toString();
  }

  private static String encode(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private static CliException wrong(String text) {
    boolean secret = text.indexOf('@') >= 0;
    return CliException.usage(
        "server address '"
            + (secret ? masked(text) : text)
            + "' must be a URL such as http://localhost:9080"
            + (secret ? ", and must not hold a user or password" : ""));
  }

  /** Without what stands before the last at sign, which does not belong on a screen. */
  private static String masked(String text) {
    return text.replaceFirst("^((?:[A-Za-z]+:)?//)?.*@", "$1***@");
  }
}
