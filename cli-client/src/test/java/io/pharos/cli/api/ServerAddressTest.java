package io.pharos.cli.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pharos.cli.failure.CliException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ServerAddressTest {
  @Test
  void keepsTheContextRoot() {
    var address = ServerAddress.parse("https://push.example:8443/root/");
    assertThat(address.resource("/api/x", "destination", "/topic/a b&c+ü"))
        .hasToString(
            "https://push.example:8443/root/api/x?destination=%2Ftopic%2Fa%20b%26c%2B%C3%BC");
    assertThat(address.rootResource("/health")).hasToString("https://push.example:8443/health");
    assertThat(address.webSocket()).hasToString("wss://push.example:8443/root/ws");
  }

  @Test
  void plainHttpIsAPlainWebSocket() {
    assertThat(ServerAddress.parse("http://h:1").webSocket()).hasToString("ws://h:1/ws");
  }

  @ParameterizedTest
  @CsvSource({
    "http://localhost:9080, true",
    "http://127.0.0.1, true",
    "http://[::1]:1, true",
    "http://push.example, false",
    "http://localhost.example, false"
  })
  void knowsThisMachine(String url, boolean loopback) {
    assertThat(ServerAddress.parse(url).isLoopback()).isEqualTo(loopback);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "localhost:9080",
        "/x",
        "ftp://h",
        "http://",
        "http://u:p@h",
        "http://h?x",
        "http://h#x",
        "h h"
      })
  void refusesWhatIsNoServer(String url) {
    assertThatThrownBy(() -> ServerAddress.parse(url))
        .isInstanceOf(CliException.class)
        .hasMessageContaining("must be a URL such as http://localhost:9080");
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://u:topsecret@h:1", "http://topsecret@h", "ws://u:topsecret@h"})
  void aPasswordIsRefusedAndNotRepeated(String address) {
    assertThatThrownBy(() -> ServerAddress.parse(address))
        .hasMessageContaining("must not hold a user or password")
        .hasMessageNotContaining("topsecret");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"http://u:topsecret@ h", "u:topsecret@h", "//u:top@secret@h/#", "u:secret//x@h"})
  void aPasswordInWhatIsNoAddressIsNotRepeatedEither(String address) {
    assertThatThrownBy(() -> ServerAddress.parse(address)).hasMessageNotContaining("secret");
  }
}
