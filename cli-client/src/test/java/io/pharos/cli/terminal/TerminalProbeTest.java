package io.pharos.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import io.pharos.cli.terminal.Environment.Terminals;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TerminalProbeTest {
  @TempDir Path descriptors;

  @Test
  void looksAtEachStreamByItself() throws Exception {
    Files.createSymbolicLink(descriptors.resolve("0"), Path.of("/dev/pts/3"));
    Files.createSymbolicLink(descriptors.resolve("1"), Path.of("pipe:[17]"));
    Files.createSymbolicLink(descriptors.resolve("2"), Path.of("/dev/tty1"));
    assertThat(new TerminalProbe(descriptors).probe()).isEqualTo(new Terminals(true, false, true));
  }

  @Test
  void knowsNoTerminalWhereItCannotLook() {
    assertThat(new TerminalProbe(descriptors.resolve("none")).probe()).isEqualTo(Terminals.NONE);
  }
}
