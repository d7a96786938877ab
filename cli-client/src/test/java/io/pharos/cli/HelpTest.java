package io.pharos.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HelpTest {
  @TempDir Path home;

  @ParameterizedTest
  @CsvSource({
    "publish, --lines --content-type --header --event --idempotency-key --retry-for",
    "subscribe, --transport --count --timeout --since --last --all --raw --wait sse stomp",
    "history, --since --last --all --limit --raw",
    "presence, ''",
    "connections, ''",
    "kick, --connection USER",
    "queues, ''",
    "nodes, ''",
    "drain, --seconds",
    "health, ''",
    "token create, --user --subscribe --publish --admin --ttl --secret --issuer --audience",
    "context add, ''",
    "context use, ''",
    "context list, ''",
    "context remove, ''",
    "bench, --clients --rate --duration --csv",
    "completion, bash zsh"
  })
  void namesEveryOptionAndTheSharedOnes(String command, String names) {
    String help = new Shell(home).run((command + " --help").split(" ", -1)).out();
    assertThat(help).contains("--server", "--token", "--context", "--json", "Exit codes:");
    for (String name : names.split(" ", -1)) {
      assertThat(help).contains(name);
    }
  }

  @Test
  void saysThatLinesHaveNoIdsOnTheOutput() {
    assertThat(new Shell(home).run("publish", "--help").out().replaceAll("\\s+", " "))
        .contains("With --lines that is printed only with --json");
  }

  @Test
  void listsTheCommands() {
    assertThat(new Shell(home).run("--help").out())
        .contains(
            "publish",
            "subscribe",
            "history",
            "presence",
            "connections",
            "kick",
            "queues",
            "nodes",
            "drain",
            "health",
            "token",
            "context",
            "completion");
  }

  @Test
  void isPlainWhenItIsNotReadByAPerson() {
    assertThat(new Shell(home).run("--help").out()).doesNotContain("\u001b");
  }
}
