package io.pharos.messaging.dispatch;

import io.pharos.hub.HandlerRequest;
import io.pharos.messaging.PushSession;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One call of a handler.
 *
 * @param variables of the mapping that fitted
 * @param failure what an exception handler is called for
 */
record Invocation(
    HandlerRequest request,
    Map<String, String> variables,
    PushSession session,
    @Nullable Throwable failure) {

  /** The destination without {@code /app/}. */
  String name() {
    return request.publication().destination().value().substring("/app/".length());
  }

  String user() {
    return request.session().identity().user().value();
  }

  Map<String, String> headers() {
    var headers = new LinkedHashMap<>(request.publication().headers().values());
    headers.put("destination", request.publication().destination().value());
    String contentType = request.publication().contentType();
    if (contentType != null) {
      headers.put("content-type", contentType);
    }
    return headers;
  }

  Invocation failed(Throwable newFailure) {
    return new Invocation(request, variables, session, newFailure);
  }
}
