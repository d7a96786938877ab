package io.pharos.security;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;

/**
 * Fetches a key set over HTTP: no redirects, at most {@value #MAX_BYTES} bytes, and never much
 * longer than {@link #TIME_LIMIT}.
 */
final class HttpJwksFetcher implements JwksFetcher {
  static final int MAX_BYTES = 256 * 1024;
  static final Duration TIME_LIMIT = Duration.ofSeconds(5);
  private static final int TIMEOUT_MILLIS = 2_000;
  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

  private final URI address;

  HttpJwksFetcher(URI address) {
    checkAddress(address);
    this.address = address;
  }

  static void checkAddress(URI address) {
    String scheme = String.valueOf(address.getScheme()).toLowerCase(Locale.ROOT);
    String host = address.getHost();
    boolean loopback = host != null && LOOPBACK.contains(host.toLowerCase(Locale.ROOT));
    if (host == null || !scheme.equals("https") && !(scheme.equals("http") && loopback)) {
      throw new IllegalArgumentException(
          "pharos.jwt.jwks-url must be an https URL (http only for this machine), not " + address);
    }
  }

  @Override
  public String fetch() throws IOException {
    long deadline = System.nanoTime() + TIME_LIMIT.toNanos();
    HttpURLConnection connection = (HttpURLConnection) address.toURL().openConnection();
    connection.setInstanceFollowRedirects(false);
    connection.setConnectTimeout(TIMEOUT_MILLIS);
    connection.setReadTimeout(TIMEOUT_MILLIS);
    connection.setUseCaches(false);
    connection.setRequestProperty("Accept", "application/jwk-set+json, application/json");
    try {
      int status = connection.getResponseCode();
      if (status != HttpURLConnection.HTTP_OK) {
        throw new IOException("status " + status);
      }
      try (InputStream in = connection.getInputStream()) {
        return read(in, deadline);
      }
    } finally {
      connection.disconnect();
    }
  }

  private static String read(InputStream in, long deadline) throws IOException {
    var body = new ByteArrayOutputStream();
    byte[] chunk = new byte[8192];
    int count;
    while ((count = in.read(chunk)) >= 0) {
      body.write(chunk, 0, count);
      if (body.size() > MAX_BYTES) {
        throw new IOException("more than " + MAX_BYTES + " bytes");
      }
      if (System.nanoTime() - deadline > 0) {
        throw new IOException("not complete within " + TIME_LIMIT.toSeconds() + " s");
      }
    }
    return body.toString(StandardCharsets.UTF_8);
  }

  @Override
  public String toString() {
    return address.toString();
  }
}
