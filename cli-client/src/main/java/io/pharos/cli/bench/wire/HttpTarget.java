package io.pharos.cli.bench.wire;

import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;

/**
 * Where requests go: plain TCP only, since TLS would be measured with the clients.
 *
 * @param path with its query
 */
public record HttpTarget(String host, int port, String path) {

  /**
   * Reads an http: or ws: URL.
   *
   * @throws IllegalArgumentException when it is none
   */
  public static HttpTarget parse(String url) {
    URI uri = URI.create(url);
    String host = uri.getHost();
    boolean plain = "http".equals(uri.getScheme()) || "ws".equals(uri.getScheme());
    if (!plain || host == null) {
      throw new IllegalArgumentException(
          "'" + url + "' must begin with http:// or ws://: the benchmark does not speak TLS");
    }
    String path = uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
    String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
    return new HttpTarget(host, uri.getPort() < 0 ? 80 : uri.getPort(), path + query);
  }

  /** The same server, with this behind the path. */
  public HttpTarget below(String more) {
    return new HttpTarget(host, port, path + more);
  }

  public InetSocketAddress address() {
    return new InetSocketAddress(host, port);
  }

  /** The beginning of a request: its line, {@code Host} and these headers, each with its end. */
  String head(String method, List<String> headers) {
    var head = new StringBuilder(256);
    head.append(method).append(' ').append(path).append(" HTTP/1.1\r\nHost: ");
    head.append(host).append(':').append(port).append("\r\n");
    headers.forEach(header -> head.append(header).append("\r\n"));
    return head.toString();
  }
}
