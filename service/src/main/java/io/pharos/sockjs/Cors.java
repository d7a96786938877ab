package io.pharos.sockjs;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Tells browsers which pages may read an answer (Fetch standard, CORS protocol). */
final class Cors {
  /** Names of headers (RFC 9110, section 5.6.2), in a list: nothing else is said again. */
  private static final Pattern NAMES = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~, \\t-]{1,1024}");

  private final boolean anyOrigin;

  /**
   * @param anyOrigin whether all of them may; if not, whoever is in front has said so already
   */
  Cors(boolean anyOrigin) {
    this.anyOrigin = anyOrigin;
  }

  Answer apply(Request request, Answer answer) {
    Answer result = anyOrigin ? allow(request.header("Origin"), answer) : answer;
    String asked = request.header("Access-Control-Request-Headers");
    return asked == null || asked.isBlank() || !NAMES.matcher(asked).matches()
        ? result
        : result.with("Access-Control-Allow-Headers", asked);
  }

  private static Answer allow(@Nullable String origin, Answer answer) {
    return origin == null
        ? answer.with("Access-Control-Allow-Origin", "*")
        : answer
            .with("Access-Control-Allow-Origin", origin)
            .with("Access-Control-Allow-Credentials", "true");
  }
}
