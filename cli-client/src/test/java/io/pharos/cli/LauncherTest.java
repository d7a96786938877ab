package io.pharos.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The launcher, with a Java that only tells which standard streams it has got. */
@DisabledOnOs(OS.WINDOWS)
class LauncherTest {
  private static final String JAVA =
      """
      #!/bin/sh
      seen=
      true 3>&2 && seen="${seen}2"
      { true 3<&0; } 2>/dev/null && seen="${seen}0"
      { true 3>&1; } 2>/dev/null && seen="${seen}1"
      echo "$seen" >"$SEEN"
      """;

  @TempDir Path folder;

  @Test
  void handsItsStreamsOn() throws Exception {
    assertThat(streamsWith("</dev/null")).isEqualTo("201");
  }

  @ParameterizedTest
  @ValueSource(strings = {"<&-", ">&-", "2>&-", "<&- 2>&-", "<&- >&- 2>&-"})
  void leavesNoStreamClosedForAnotherFileToTakeItsPlace(String redirections) throws Exception {
    assertThat(streamsWith(redirections)).isEqualTo("201");
  }

  private String streamsWith(String redirections) throws IOException, InterruptedException {
    Path script = program("app/bin/pharos", Files.readString(Path.of("src/main/launcher/pharos")));
    program("java/bin/java", JAVA);
    Files.writeString(folder.resolve("java/release"), "JAVA_VERSION=\"21\"\n");
    Path seen = folder.resolve("seen");
    var shell = new ProcessBuilder("sh", "-c", "\"$0\" publish /topic/a --lines " + redirections);
    shell.command().add(script.toString());
    shell.environment().put("PHAROS_JAVA_HOME", folder.resolve("java").toString());
    shell.environment().put("SEEN", seen.toString());
    assertThat(shell.start().waitFor()).isZero();
    return Files.readString(seen).strip();
  }

  private Path program(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.resolveSibling("."));
    Files.writeString(file, text);
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }
}
