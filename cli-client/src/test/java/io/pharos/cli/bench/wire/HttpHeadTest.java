package io.pharos.cli.bench.wire;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HttpHeadTest {
  @ParameterizedTest
  @CsvSource({
    "Retry-After: 7, 7",
    "retry-after:0, 0",
    "Retry-After: -1, 0",
    "Retry-After: 123456, 0",
    "'Retry-After: Fri, 27 Nov 2026 21:00:00 GMT', 0",
    "Content-Length: 0, 0"
  })
  void knowsHowLongTheServerWantsToBeLeftAlone(String header, int seconds) {
    HttpHead head = HttpHead.parse("HTTP/1.1 503 Service Unavailable\r\n" + header);

    var refusal = new WireException("refused", head);

    assertThat(refusal.isOverload()).isTrue();
    assertThat(refusal.retryAfter()).isEqualTo(seconds);
  }

  @ParameterizedTest
  @CsvSource({"401", "429", "500", "504"})
  void otherRefusalsAreNoOverload(int status) {
    assertThat(new WireException("refused", status).isOverload()).isFalse();
  }
}
