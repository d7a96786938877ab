package io.pharos.cli.sockjs;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SessionPathTest {
  @Test
  void namesAServerASessionAndATransport() {
    assertThat(SessionPath.random().of("xhr_send")).matches("/[0-9]{3}/[a-z0-9]{26}/xhr_send");
  }

  @Test
  void isAnotherOneEachTime() {
    assertThat(SessionPath.random()).isNotEqualTo(SessionPath.random());
  }
}
