package io.pharos.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The README's configuration reference holds every key as it is in the code. */
class ReadmeReferenceTest {

  @ParameterizedTest
  @EnumSource
  void everySettingHasItsRow(Setting setting) throws IOException {
    String shown = setting.defaultValue().isEmpty() ? "" : "`" + setting.defaultValue() + "`";
    assertThat(Files.readAllLines(Path.of("../README.md")))
        .contains("| `" + setting.key() + "` | " + shown + " | " + setting.meaning() + " |");
  }
}
