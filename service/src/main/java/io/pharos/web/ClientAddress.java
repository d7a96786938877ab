package io.pharos.web;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Enumeration;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Finds where a client is: its connection's other end or, behind proxies that are trusted, what
 * they say in {@code X-Forwarded-For}. Anybody can send that header, so it is read from its end,
 * which the nearest proxy wrote, for as long as each address on the way is a trusted proxy.
 */
public final class ClientAddress {
  private static final String HEADER = "X-Forwarded-For";

  private final List<Network> trusted;

  private ClientAddress(List<Network> trusted) {
    this.trusted = trusted;
  }

  /**
   * Believes the proxies that are named.
   *
   * @param proxies whom to believe: addresses and networks, such as {@code 10.0.0.0/8}; nobody when
   *     empty
   * @throws IllegalArgumentException when one is malformed
   */
  public static ClientAddress trusting(List<String> proxies) {
    return new ClientAddress(proxies.stream().map(Network::parse).toList());
  }

  String of(HttpServletRequest request) {
    return of(request.getRemoteAddr(), trusted.isEmpty() ? null : request.getHeaders(HEADER));
  }

  /**
   * The address, in a form in which addresses that one client has at its disposal are equal: of
   * IPv6 the first 64 bits.
   */
  String of(String peer, @Nullable Enumeration<String> forwarded) {
    byte[] client = Network.bytes(peer);
    if (client == null) {
      return peer;
    }
    List<String> hops = forwarded == null ? List.of() : hops(forwarded);
    for (int i = hops.size() - 1; i >= 0 && isTrusted(client); i--) {
      byte[] next = Network.bytes(hops.get(i));
      if (next == null) {
        break;
      }
      client = next;
    }
    return Network.key(client);
  }

  private boolean isTrusted(byte[] address) {
    return trusted.stream().anyMatch(network -> network.contains(address));
  }

  private static List<String> hops(Enumeration<String> values) {
    Stream.Builder<String> all = Stream.builder();
    values.asIterator().forEachRemaining(all::add);
    return all.build().flatMap(v -> Stream.of(v.split(",", -1))).map(String::strip).toList();
  }
}
