package io.pharos.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pharos.message.PharosException;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.UriInfo;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What becomes of a call when its token cannot be verified at the moment. */
class AuthenticationFilterTest {
  private final PharosException away =
      new PharosException(PharosException.Code.UNAVAILABLE, "no keys");
  private final PharosException refused =
      new PharosException(PharosException.Code.UNAUTHENTICATED, "no");

  @Test
  void onlyAnEventStreamIsToldToComeBack() {
    var stream = request(new StreamResource());

    assertThat(AuthenticationFilter.mayComeBack(away, stream)).isTrue();
    assertThat(AuthenticationFilter.mayComeBack(refused, stream)).isFalse();
    assertThat(AuthenticationFilter.mayComeBack(away, request(new MessagesResource()))).isFalse();
  }

  @Test
  @SuppressWarnings("UnnecessaryAssignment") // No container injects here.
  void anyOtherCallFails() {
    var filter = new AuthenticationFilter();
    filter.verifier =
        token -> {
          throw away;
        };
    filter.limits = new WebLimits("cookie", Duration.ofSeconds(1), 1, 1, 1, false);

    assertThatThrownBy(() -> filter.filter(request(new MessagesResource()))).isSameAs(away);
  }

  private static ContainerRequestContext request(Object resource) {
    UriInfo uri = answering(UriInfo.class, Map.of("getMatchedResources", List.of(resource)));
    return answering(
        ContainerRequestContext.class,
        Map.of(
            "getCookies",
            Map.of(),
            "getMethod",
            "GET",
            "getHeaderString",
            "Bearer x",
            "getUriInfo",
            uri));
  }

  /** One that knows some answers, whatever it is asked for. */
  private static <T> T answering(Class<T> type, Map<String, Object> answers) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> answers.get(method.getName())));
  }
}
