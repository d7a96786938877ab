package io.pharos.cli;

import io.pharos.cli.failure.CliException;
import io.pharos.cli.terminal.Environment;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;

/**
 * A token or secret as an option or variable names it: {@code @FILE} is the content of a file,
 * {@code -} the first line of standard input; so it need not stand where every process can read it.
 */
final class SecretArgument {
  private final Environment environment;

  SecretArgument(Environment environment) {
    this.environment = environment;
  }

  /**
   * @param name what it is, for a sentence
   */
  String resolve(String name, String argument) {
    String secret;
    if (argument.equals("-")) {
      secret = firstLine(name);
    } else if (argument.startsWith("@")) {
      secret = content(name, argument.substring(1));
    } else {
      secret = argument;
    }
    String stripped = secret.strip();
    if (stripped.isEmpty()) {
      throw CliException.usage(name + " is empty");
    }
    return stripped;
  }

  private String content(String name, String file) {
    try {
      return Files.readString(environment.file(file));
    } catch (IOException | InvalidPathException e) {
      throw CliException.usage("cannot read " + name + " from '" + file + "': " + kind(e));
    }
  }

  private static String kind(Exception failure) {
    return failure instanceof java.nio.file.NoSuchFileException
        ? "there is no such file"
        : failure.getClass().getSimpleName();
  }

  private String firstLine(String name) {
    try {
      var reader =
          new BufferedReader(new InputStreamReader(environment.in(), StandardCharsets.UTF_8), 1);
      String line = reader.readLine();
      return line == null ? "" : line;
    } catch (IOException e) {
      throw CliException.failed("cannot read " + name + " from standard input", null);
    }
  }
}
