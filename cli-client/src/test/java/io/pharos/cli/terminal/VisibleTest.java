package io.pharos.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class VisibleTest {
  @Test
  void controlCharactersCannotReachTheTerminal() {
    assertThat(Visible.of("a\u001b[2J\r\u0007\u007f\u009bz")).isEqualTo("a␛[2J␍␇␡\ufffdz");
  }

  @Test
  void textLineEndsAndTabsStay() {
    assertThat(Visible.of("grüße\n\t😀")).isEqualTo("grüße\n\t😀");
  }
}
