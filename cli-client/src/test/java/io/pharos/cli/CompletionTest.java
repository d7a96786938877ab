package io.pharos.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompletionTest {
  @TempDir Path home;

  @Test
  void completesCommandsAndOptionsInBash() throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/bin/bash")));
    assertThat(completed("pharos sub")).contains("subscribe");
    assertThat(completed("pharos subscribe --tra")).contains("--transport");
    assertThat(completed("pharos subscribe --transport st")).contains("stomp");
    assertThat(completed("pharos subscribe --transport so")).contains("sockjs");
    assertThat(completed("pharos completion z")).contains("zsh");
    assertThat(completed("pharos token c")).contains("create");
  }

  @Test
  void zshIsToldToRunBashsCompletions() {
    String script = new Shell(home).run("completion", "zsh").out();
    assertThat(script)
        .startsWith("autoload -Uz compinit bashcompinit\n")
        .contains("bashcompinit\n#!/usr/bin/env bash\n");
  }

  /** What bash offers for the last word of a line. */
  private String completed(String line) throws IOException, InterruptedException {
    Path script = home.resolve("pharos-completion");
    Files.writeString(script, new Shell(home).run("completion", "bash").out());
    String ask =
        """
        source %s
        COMP_WORDS=(%s) COMP_CWORD=%d COMP_LINE='%s' COMP_POINT=%d
        _complete_pharos pharos
        printf '%%s\\n' "${COMPREPLY[@]}"
        """
            .formatted(script, line, line.split(" ", -1).length - 1, line, line.length());
    Process bash = new ProcessBuilder("/bin/bash", "-c", ask).redirectErrorStream(true).start();
    String answer = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    bash.waitFor();
    return answer;
  }
}
