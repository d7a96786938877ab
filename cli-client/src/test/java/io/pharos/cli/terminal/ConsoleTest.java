package io.pharos.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import io.pharos.cli.failure.CliException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConsoleTest {
  @ParameterizedTest
  @CsvSource({"lost, pharos: lost. Do it.", "plain text?, pharos: plain text? Do it."})
  void separatesAHintByOneMark(String message, String told) {
    var err = new StringWriter();
    var environment =
        new Environment(
            InputStream.nullInputStream(),
            OutputStream.nullOutputStream(),
            new PrintWriter(err),
            Environment.Terminals.NONE,
            Map.of(),
            Path.of("."));
    new Console(environment, false).fail(CliException.failed(message, "Do it."));
    assertThat(err).hasToString(told + "\n");
  }
}
