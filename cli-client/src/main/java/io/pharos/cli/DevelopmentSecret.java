package io.pharos.cli;

import io.pharos.cli.terminal.Environment;
import io.pharos.security.DevSecret;

/** Where a development server keeps its secret. */
final class DevelopmentSecret {
  private DevelopmentSecret() {}

  static DevSecret of(Environment environment) {
    String file = environment.variable("PHAROS_DEV_SECRET_FILE");
    return new DevSecret(environment.file(file == null ? "~/.pharos/dev-secret" : file));
  }
}
