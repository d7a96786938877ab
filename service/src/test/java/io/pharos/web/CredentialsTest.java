package io.pharos.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.pharos.message.PharosException;
import org.junit.jupiter.api.Test;

class CredentialsTest {
  private static final String ORIGIN = "https://a.example";

  /** Browsers attach cookies to requests of any page, and name its origin where they post. */
  @Test
  void whoPostsWithACookieMustSayWhereFrom() {
    assertThatExceptionOfType(PharosException.class)
        .isThrownBy(() -> Credentials.token("POST", null, "ann", null))
        .satisfies(e -> assertThat(e.code()).isEqualTo(PharosException.Code.FORBIDDEN));
    assertThat(Credentials.token("POST", null, "ann", ORIGIN)).isEqualTo("ann");
  }

  @Test
  void whoOnlyReadsNeedNot() {
    assertThat(Credentials.token("GET", null, "ann", null)).isEqualTo("ann");
    assertThat(Credentials.token("HEAD", null, "ann", null)).isEqualTo("ann");
  }

  @Test
  void norWhoSendsATokenByItself() {
    assertThat(Credentials.token("POST", "bearer bob", "ann", null)).isEqualTo("bob");
  }

  @Test
  void whoHasNoTokenIsNobody() {
    assertThat(Credentials.token("POST", null, null, null)).isNull();
    assertThat(Credentials.token("POST", "Basic x", "ann", null)).isNull();
  }
}
