package io.pharos.stomp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class FrameTest {

  @Tag("stomp-8")
  @Test
  void onlySomeCommandsHaveABody() {
    assertThatIllegalArgumentException().isThrownBy(() -> Frame.of(Command.RECEIPT).body("x"));
    assertThat(Frame.of(Command.ERROR).body("x").build().body()).hasSize(1);
  }

  @Test
  void headerHasAName() {
    assertThatIllegalArgumentException().isThrownBy(() -> Frame.of(Command.SEND).header("", "x"));
  }

  @Test
  void headersKeepTheirOrderHoweverManyThereAre() {
    var builder = Frame.of(Command.SEND);
    var expected = new StringBuilder();
    for (int i = 0; i < 100; i++) {
      builder.header("n" + i, "v" + i);
      expected.append("n" + i + "=v" + i + ";");
    }
    var seen = new StringBuilder();

    builder.build().forEachHeader((name, value) -> seen.append(name + "=" + value + ";"));

    assertThat(seen.toString()).isEqualTo(expected.toString());
  }

  @Tag("stomp-78")
  @Test
  void printedFormShowsNoSecret() {
    assertThat(Frame.of(Command.CONNECT).header("passcode", "secret").build().toString())
        .isEqualTo("CONNECT with 1 headers, 0 bytes");
  }
}
