package io.pharos.redis;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.HostAndPort;

/**
 * Where Redis is and how to log in: {@code redis://[USER:PASSWORD@]HOST[:PORT][/DB]}, {@code
 * redis-sentinel://[USER:PASSWORD@]HOST[:PORT],…/MASTER} and {@code
 * redis-cluster://[USER:PASSWORD@]HOST[:PORT],…}; with TLS {@code rediss}, {@code rediss-sentinel}
 * and {@code rediss-cluster}. User and password are percent-encoded; {@code :PASSWORD@} logs in
 * without a user's name.
 *
 * @param tls for every connection, to sentinels, too
 * @param hosts the server itself, the sentinels, or some nodes of the cluster
 * @param user for every server; for those sentinels that ask for it, too
 * @param master the name that sentinels know the primary by; empty otherwise
 * @param trust what certificates are trusted by; null leaves that to the JDK
 */
public record RedisUrl(
    Topology topology,
    boolean tls,
    List<HostAndPort> hosts,
    @Nullable String user,
    @Nullable String password,
    int database,
    String master,
    @Nullable TrustStore trust) {
  static final int PORT = 6379;
  static final int SENTINEL_PORT = 26379;

  private static final String ALLOWED =
      "redis://[USER:PASSWORD@]HOST[:PORT][/DB],"
          + " redis-sentinel://[USER:PASSWORD@]HOST[:PORT],…/MASTER or"
          + " redis-cluster://[USER:PASSWORD@]HOST[:PORT],…, and the same with TLS: rediss://,"
          + " rediss-sentinel://, rediss-cluster://";

  /** How the servers stand to each other. */
  public enum Topology {
    STANDALONE,
    SENTINEL,
    CLUSTER
  }

  public RedisUrl {
    hosts = List.copyOf(hosts);
  }

  /**
   * Reads a URL.
   *
   * @throws IllegalArgumentException saying what is allowed, and nothing of the password
   */
  public static RedisUrl parse(String url) {
    int scheme = url.indexOf("://");
    String rest = scheme < 0 ? "" : url.substring(scheme + 3);
    int slash = rest.indexOf('/');
    String path = slash < 0 ? "" : rest.substring(slash + 1);
    String authority = slash < 0 ? rest : rest.substring(0, slash);
    int at = authority.lastIndexOf('@');
    String login = at < 0 ? "" : authority.substring(0, at);
    int colon = login.indexOf(':');
    if (at >= 0 && colon < 0 || authority.indexOf('@') != at) {
      throw refused("the part before '@' must be USER:PASSWORD, percent-encoded");
    }
    String user = colon <= 0 ? null : decode(login.substring(0, colon));
    String password = colon < 0 ? null : decode(login.substring(colon + 1));
    String hosts = authority.substring(at + 1);
    String name = scheme < 0 ? "" : url.substring(0, scheme).toLowerCase(Locale.ROOT);
    boolean tls = name.startsWith("rediss");
    return switch (name) {
      case "redis", "rediss" -> standalone(tls, hosts, user, password, path);
      case "redis-sentinel", "rediss-sentinel" -> {
        if (path.isEmpty() || path.indexOf('/') >= 0) {
          throw refused("the name of the master is missing");
        }
        List<HostAndPort> sentinels = addresses(hosts, SENTINEL_PORT);
        String master = decode(path);
        yield new RedisUrl(Topology.SENTINEL, tls, sentinels, user, password, 0, master, null);
      }
      case "redis-cluster", "rediss-cluster" -> {
        if (!path.isEmpty()) {
          throw refused("a cluster has no databases");
        }
        List<HostAndPort> nodes = addresses(hosts, PORT);
        yield new RedisUrl(Topology.CLUSTER, tls, nodes, user, password, 0, "", null);
      }
      default -> throw refused("the scheme is unknown");
    };
  }

  /** The same, with certificates of one's own choice. */
  public RedisUrl trusting(TrustStore store) {
    return new RedisUrl(topology, tls, hosts, user, password, database, master, store);
  }

  private static RedisUrl standalone(
      boolean tls, String hosts, @Nullable String user, @Nullable String password, String path) {
    List<HostAndPort> addresses = addresses(hosts, PORT);
    if (addresses.size() != 1) {
      throw refused("one server is one host");
    }
    if (!path.matches("[0-9]{0,5}")) {
      throw refused("the database must be a number");
    }
    int database = path.isEmpty() ? 0 : Integer.parseInt(path);
    return new RedisUrl(Topology.STANDALONE, tls, addresses, user, password, database, "", null);
  }

  private static List<HostAndPort> addresses(String hosts, int defaultPort) {
    var addresses = new ArrayList<HostAndPort>();
    for (String host : hosts.split(",", -1)) {
      try {
        URI uri = new URI("redis://" + host);
        if (uri.getHost() == null
            || uri.getUserInfo() != null
            || !uri.getPath().isEmpty()
            || uri.getPort() == 0
            || uri.getPort() > 65_535) {
          throw refused("a host is malformed");
        }
        String name = uri.getHost();
        boolean literal = name.startsWith("[") && name.endsWith("]");
        addresses.add(
            new HostAndPort(
                literal ? name.substring(1, name.length() - 1) : name,
                uri.getPort() < 0 ? defaultPort : uri.getPort()));
      } catch (URISyntaxException e) {
        throw refused("a host is malformed");
      }
    }
    return addresses;
  }

  private static String decode(String text) {
    try {
      return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw refused("user, password and names must be percent-encoded");
    }
  }

  private static IllegalArgumentException refused(String why) {
    return new IllegalArgumentException(why + "; allowed is " + ALLOWED);
  }

  /** Without user and password: it goes into logs. */
  @Override
  public String toString() {
    return topology
        + " "
        + hosts
        + (master.isEmpty() ? "" : " " + master)
        + (tls ? " with TLS" : "");
  }
}
