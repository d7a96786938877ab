package io.pharos.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pharos.broker.HistoryLimits;
import io.pharos.broker.MemoryBroker;
import io.pharos.hub.Metrics;
import io.pharos.hub.Publisher;
import io.pharos.message.DestinationPattern;
import io.pharos.message.PharosException;
import io.pharos.message.UserName;
import io.pharos.security.Identity;
import io.pharos.security.Rights;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.SecurityContext;
import java.io.ByteArrayInputStream;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MessagesResourceTest {
  private static final int MOST = 10;

  private final MessagesResource resource = new MessagesResource();
  private final SecurityContext alice =
      answering(SecurityContext.class, "getUserPrincipal", new Caller(identity()));

  @SuppressWarnings("UnnecessaryAssignment") // No container injects here.
  MessagesResourceTest() {
    var broker =
        new MemoryBroker(d -> new HistoryLimits(100, Duration.ofMinutes(5)), Clock.systemUTC());
    broker.start((destination, batch) -> {});
    resource.publisher = new Publisher(broker, MOST, Metrics.NONE);
    resource.limits = new WebLimits("cookie", Duration.ofSeconds(1), MOST, 5, 1, false);
  }

  private static Identity identity() {
    var rights = new Rights(List.of(), List.of(new DestinationPattern("/topic/a")), false);
    return new Identity(new UserName("alice"), rights, Instant.MAX, null);
  }

  @ParameterizedTest
  @CsvSource({
    "/topic/b, x, FORBIDDEN",
    "/topic/a, 12345678901, TOO_LARGE",
    "/elsewhere, x, BAD_REQUEST",
  })
  void whateverIsRefusedOfABatchIsSaidWithItsPlace(
      String destination, String body, PharosException.Code code) {
    String batch =
        """
        [{"destination":"/topic/a","body":"x"},{"destination":"%s","body":"%s"}]\
        """
            .formatted(destination, body);
    var headers = answering(HttpHeaders.class, "getHeaderString", null);

    assertThatThrownBy(() -> resource.publishBatch(headers, alice, stream(batch)))
        .isInstanceOfSatisfying(PharosException.class, e -> assertThat(e.code()).isEqualTo(code))
        .hasMessageStartingWith("message 1 of the batch: ");
  }

  private static ByteArrayInputStream stream(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
  }

  /** One that knows the answer to one question. */
  private static <T> T answering(Class<T> type, String method, @Nullable Object answer) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, called, arguments) -> {
              assertThat(called.getName()).isEqualTo(method);
              return answer;
            }));
  }
}
