package io.pharos.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClientAddressTest {
  private static String of(ClientAddress addresses, String peer, String... forwarded) {
    return addresses.of(peer, Collections.enumeration(List.of(forwarded)));
  }

  private static String plain(String peer) {
    return ClientAddress.trusting(List.of()).of(peer, null);
  }

  @Test
  void nobodyIsBelievedByDefault() {
    var nobody = ClientAddress.trusting(List.of());
    assertThat(of(nobody, "192.0.2.1", "198.51.100.7")).isEqualTo(plain("192.0.2.1"));
  }

  @Test
  void aTrustedProxySaysWhereTheClientIs() {
    var proxy = ClientAddress.trusting(List.of("10.0.0.0/8"));
    assertThat(of(proxy, "10.1.2.3", "198.51.100.7")).isEqualTo(plain("198.51.100.7"));
    assertThat(of(proxy, "11.1.2.3", "198.51.100.7")).isEqualTo(plain("11.1.2.3"));
    assertThat(of(proxy, "10.1.2.3")).isEqualTo(plain("10.1.2.3"));
  }

  @Test
  void whatTheClientItselfPutThereIsNotBelieved() {
    var proxy = ClientAddress.trusting(List.of("10.0.0.0/8"));
    assertThat(of(proxy, "10.1.2.3", "203.0.113.9, 198.51.100.7, 10.9.9.9"))
        .isEqualTo(plain("198.51.100.7"));
    assertThat(of(proxy, "10.1.2.3", "203.0.113.9", "198.51.100.7"))
        .isEqualTo(plain("198.51.100.7"));
    assertThat(of(proxy, "10.1.2.3", "198.51.100.7, localhost")).isEqualTo(plain("10.1.2.3"));
  }

  @Test
  void anAddressOfVersion6StandsForItsNetwork() {
    assertThat(plain("2001:db8:1:2::1")).isEqualTo(plain("2001:db8:1:2:ffff::9"));
    assertThat(plain("2001:db8:1:2::1")).isNotEqualTo(plain("2001:db8:1:3::1"));
    assertThat(plain("::ffff:192.0.2.1")).isEqualTo(plain("192.0.2.1"));
    var proxy = ClientAddress.trusting(List.of("2001:db8::/33"));
    assertThat(of(proxy, "2001:db8:7fff::1%eth0", "192.0.2.1")).isEqualTo(plain("192.0.2.1"));
    assertThat(of(proxy, "2001:db8:8000::1", "192.0.2.1")).isEqualTo(plain("2001:db8:8000::1"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"proxy.example", "10.0.0.0/33", "10.0.0.256", "10.0.0.0/", "/8", "::/129"})
  void whatIsNoAddressIsNamed(String proxy) {
    assertThatThrownBy(() -> ClientAddress.trusting(List.of(proxy)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(proxy);
  }
}
