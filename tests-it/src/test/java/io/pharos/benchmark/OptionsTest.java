package io.pharos.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class OptionsTest {
  private static final List<String> SCENARIOS = List.of("fanout", "idle", "restart");

  @Test
  void runsAllUnlessSomeAreNamed() {
    assertThat(SCENARIOS).allMatch(options()::wants);
    assertThat(options("--only", "idle").wants("idle")).isTrue();
    assertThat(options("--only", "idle").wants("fanout")).isFalse();
    assertThat(options("--only=idle,fanout").wants("fanout")).isTrue();
    assertThat(options("--page").wants("idle")).isFalse();
  }

  @Test
  void keepsQuickFiguresApart() {
    assertThat(options().page()).isEqualTo(Path.of("/project/BENCHMARKS.md"));
    assertThat(options("--quick").page())
        .isEqualTo(Path.of("/project/tests-it/target/BENCHMARKS.md"));
    assertThat(options("--quick").results()).isNotEqualTo(options().results());
  }

  @Test
  void namesWhatIsWrongAndWhatIsAllowed() {
    assertThatThrownBy(() -> options("--only", "idel"))
        .hasMessage("no scenario is named 'idel'; there are fanout, idle, restart");
    assertThatThrownBy(() -> options("--fast")).hasMessage("unknown option --fast");
  }

  private static Options options(String... arguments) {
    String[] all = new String[arguments.length + 1];
    all[0] = "/project";
    System.arraycopy(arguments, 0, all, 1, arguments.length);
    return Options.of(all, SCENARIOS);
  }
}
