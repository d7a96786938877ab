package io.pharos.cli.stream;

import io.pharos.cli.failure.CliException;
import io.pharos.cli.failure.ServerRefusedException;
import io.pharos.stomp.Frame;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** What the server's last word means: to come back, or to give up. */
final class StompErrors {
  private final boolean tokensRenew;

  StompErrors(boolean tokensRenew) {
    this.tokensRenew = tokensRenew;
  }

  /**
   * What an ERROR frame means.
   *
   * @return the failure after which trying again may help
   * @throws CliException when it cannot
   */
  IOException ofFrame(Frame error) {
    // What follows the first line is where to resume: each subscription knows that by itself.
    String text =
        new String(error.body(), StandardCharsets.UTF_8).lines().findFirst().orElse("").strip();
    String sentence =
        text.isEmpty() ? Objects.requireNonNullElse(error.header("message"), "ERROR frame") : text;
    String kind = Objects.requireNonNullElse(error.header("pharos-error"), "");
    return switch (kind) {
      case "TOKEN_EXPIRED" -> {
        if (tokensRenew) {
          yield new IOException(sentence);
        }
        throw CliException.notAuthorised(sentence, "Get a new token, and go on with --since.");
      }
      case "UNAUTHENTICATED", "LOGIN_TIMEOUT" ->
          throw CliException.notAuthorised(
              "not logged in: " + sentence,
              "Give a valid token with --token, PHAROS_TOKEN or a context; 'pharos token create'"
                  + " makes one.");
      case "FORBIDDEN", "NOT_AUTHORISED" ->
          throw CliException.notAuthorised(
              "not allowed: " + sentence,
              "Use a token that has the right; 'pharos token create' makes one.");
      case "BAD_REQUEST",
          "PROTOCOL_ERROR",
          "UNSUPPORTED",
          "LIMIT_EXCEEDED",
          "TOO_LARGE",
          "KICKED" ->
          throw CliException.failed("the server refused: " + sentence, null);
      case "BUSY", "UNAVAILABLE" -> new ServerRefusedException(503, sentence, null);
      default -> new IOException("the server ended the session: " + sentence);
    };
  }

  /**
   * What a close of the WebSocket without an ERROR frame before it means.
   *
   * @return the failure after which trying again may help
   * @throws CliException when it cannot
   */
  IOException ofClose(LinkClosedException closed) {
    String sentence = String.valueOf(closed.getMessage());
    return switch (closed.code()) {
      case 1008 -> {
        if (tokensRenew) {
          yield closed;
        }
        throw CliException.notAuthorised(sentence, "Use another token.");
      }
      case 1002, 1003, 1007, 1009, 1010 -> throw CliException.failed(sentence, null);
      default -> closed;
    };
  }
}
