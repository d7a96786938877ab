package io.pharos.cli.lines;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pharos.cli.failure.CliException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LineSplitterTest {
  private final List<Line> lines = new ArrayList<>();
  private final LineSplitter splitter = new LineSplitter(lines::add);

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 100})
  void cutsAtLineEndsHoweverTheInputIsCut(int size) throws Exception {
    feed("one\r\n\n\r\nt\rwo\ngrüße", size);
    splitter.end();
    assertThat(texts()).containsExactly("one", "", "", "t\rwo", "grüße");
    assertThat(lines).extracting(Line::number).containsExactly(1L, 2L, 3L, 4L, 5L);
  }

  @Test
  void nothingFollowsALastLineEnd() throws Exception {
    feed("one\n", 10);
    splitter.end();
    assertThat(texts()).containsExactly("one");
  }

  @Test
  void aLineIsThereAsSoonAsItsEndIs() throws Exception {
    feed("one\ntw", 10);
    assertThat(texts()).containsExactly("one");
  }

  @Test
  void noInputIsNoLine() throws Exception {
    splitter.end();
    assertThat(lines).isEmpty();
  }

  @Test
  void theLongestLineIsTaken() throws Exception {
    feed("x".repeat(LineSplitter.MAX_LINE) + "\r\n", 1 << 16);
    assertThat(lines.getFirst().body().length()).isEqualTo(LineSplitter.MAX_LINE);
  }

  @Test
  void aLongerOneIsNamedBeforeItFillsTheMemory() throws Exception {
    feed("one\n", 10);
    assertThatThrownBy(() -> feed("x".repeat(LineSplitter.MAX_LINE + 2), 1 << 16))
        .isInstanceOf(CliException.class)
        .hasMessageContaining("line 2 is longer than 1048576 bytes");
  }

  private void feed(String text, int size) throws InterruptedException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    for (int from = 0; from < bytes.length; from += size) {
      int count = Math.min(size, bytes.length - from);
      byte[] chunk = new byte[size];
      System.arraycopy(bytes, from, chunk, 0, count);
      splitter.feed(chunk, count);
    }
  }

  private List<String> texts() {
    return lines.stream()
        .map(line -> new String(line.body().bytes(), StandardCharsets.UTF_8))
        .toList();
  }
}
