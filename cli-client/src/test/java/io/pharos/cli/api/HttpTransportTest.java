package io.pharos.cli.api;

import static org.assertj.core.api.Assertions.assertThatIOException;

import io.pharos.cli.sockjs.StubSockJs;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class HttpTransportTest {
  @Test
  void waitsAsLongAsItMayAndNoFractionLess() {
    try (var server = new StubSockJs(0, (session, message) -> {}).withholding("xhr")) {
      var request = HttpRequest.newBuilder(URI.create(server.url() + "/ws/0/s/xhr")).build();

      assertThatIOException()
          .isThrownBy(
              () ->
                  new HttpTransport()
                      .send(request, BodyHandlers.ofString(), Duration.ofNanos(50_000_001)))
          .withMessage("no answer within 51 ms");
    }
  }
}
