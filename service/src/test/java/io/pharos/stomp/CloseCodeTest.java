package io.pharos.stomp;

import static org.assertj.core.api.Assertions.assertThat;

import io.pharos.session.CloseReason;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class CloseCodeTest {

  @Tag("stomp-72")
  @ParameterizedTest
  @CsvSource({
    "CLIENT_DONE,1000",
    "SERVER_STOPPING,1001",
    "PROTOCOL_ERROR,1002",
    "NOT_AUTHORISED,1008",
    "TOKEN_EXPIRED,1008",
    "TOO_LARGE,1009",
    "SERVER_ERROR,1011",
    "UNAVAILABLE,1013"
  })
  void kindOfReasonIsToldByTheCode(CloseReason reason, int code) {
    assertThat(CloseCode.of(reason).code()).isEqualTo(code);
  }

  @ParameterizedTest
  @EnumSource(CloseReason.class)
  void textFitsIntoACloseFrame(CloseReason reason) {
    assertThat(CloseCode.of(reason).text().getBytes(StandardCharsets.UTF_8).length)
        .isBetween(1, 123);
  }

  @ParameterizedTest
  @EnumSource(CloseReason.class)
  void codesThatInviteBackAreThoseOfReasonsThatDo(CloseReason reason) {
    boolean invites = CloseCode.of(reason).code() == 1001 || CloseCode.of(reason).code() == 1013;

    assertThat(invites || CloseCode.of(reason).code() == 1011).isEqualTo(reason.reconnect());
  }
}
