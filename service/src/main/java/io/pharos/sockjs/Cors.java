package io.pharos.sockjs;

/** Tells browsers which pages may read an answer (Fetch standard, CORS protocol). */
final class Cors {
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
    return asked == null || asked.isBlank()
        ? result
        : result.with("Access-Control-Allow-Headers", asked);
  }

  private static Answer allow(@org.jspecify.annotations.Nullable String origin, Answer answer) {
    return origin == null
        ? answer.with("Access-Control-Allow-Origin", "*")
        : answer
            .with("Access-Control-Allow-Origin", origin)
            .with("Access-Control-Allow-Credentials", "true");
  }
}
