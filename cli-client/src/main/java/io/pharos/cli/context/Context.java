package io.pharos.cli.context;

import io.pharos.cli.failure.CliException;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * A server with a name of its own.
 *
 * @param name 1 to 64 letters, digits, {@code -}, {@code _} and {@code .}
 * @param token what to log in with there, or null
 */
public record Context(String name, URI server, @Nullable String token) {
  public Context {
    if (!name.matches("[A-Za-z0-9._-]{1,64}")) {
      throw CliException.usage(
          "context name '" + name + "' must be 1 to 64 letters, digits, '-', '_' or '.'");
    }
  }

  /** Without the token: it does not belong on a screen. */
  @Override
  public String toString() {
    return name + " (" + server + ")";
  }
}
