package io.pharos.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class HandshakeConfiguratorTest {
  private static final List<String> SUPPORTED = List.of("v12.stomp", "v11.stomp", "v10.stomp");

  private final HandshakeConfigurator configurator = new HandshakeConfigurator();

  @Test
  void theBestSubprotocolIsTakenWhicheverTheClientNamesFirst() {
    assertThat(negotiated("v10.stomp", "v11.stomp", "v12.stomp")).isEqualTo("v12.stomp");
    assertThat(negotiated("x", "v10.stomp", "v11.stomp")).isEqualTo("v11.stomp");
  }

  @Test
  void whatTheServerDoesNotSpeakIsNotTaken() {
    assertThat(negotiated("mqtt", "V12.STOMP")).isEmpty();
    assertThat(negotiated()).isEmpty();
  }

  private String negotiated(String... requested) {
    return configurator.getNegotiatedSubprotocol(SUPPORTED, List.of(requested));
  }
}
