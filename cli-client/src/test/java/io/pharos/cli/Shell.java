package io.pharos.cli;

import io.pharos.cli.terminal.Environment;
import io.pharos.cli.terminal.Environment.Terminals;
import io.pharos.cli.terminal.Interruption;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Runs the command in this process, with a home folder and variables of the test's own. */
final class Shell {
  private final Path home;
  private final Map<String, String> variables = new HashMap<>();
  private InputStream in = InputStream.nullInputStream();
  private Terminals terminals = Terminals.NONE;
  private OutputStream out = new ByteArrayOutputStream();
  private Runnable onError = () -> {};
  private Interruption interruption = new Interruption(Thread.currentThread());

  /** What a run left behind. */
  record Result(int code, String out, String err) {
    List<String> lines() {
      return out.lines().toList();
    }
  }

  Shell(Path home) {
    this.home = home;
    variables.put("USER", "tester");
  }

  Shell with(String variable, String value) {
    variables.put(variable, value);
    return this;
  }

  Shell stdin(String text) {
    return stdin(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
  }

  Shell stdin(InputStream stream) {
    in = stream;
    return this;
  }

  Shell terminals(Terminals which) {
    terminals = which;
    return this;
  }

  Shell stdout(OutputStream stream) {
    out = stream;
    return this;
  }

  /** What happens when something was written to standard error. */
  Shell onError(Runnable action) {
    onError = action;
    return this;
  }

  Shell interruption(Interruption given) {
    interruption = given;
    return this;
  }

  Result run(String... args) {
    var err =
        new StringWriter() {
          @Override
          public void flush() {
            onError.run();
          }
        };
    var environment =
        new Environment(in, out, new PrintWriter(err, true), terminals, variables, home);
    int code = new Cli(environment, interruption).run(args);
    String written =
        out instanceof ByteArrayOutputStream bytes ? bytes.toString(StandardCharsets.UTF_8) : "";
    if (out instanceof ByteArrayOutputStream bytes) {
      bytes.reset();
    }
    return new Result(code, written, err.toString());
  }
}
