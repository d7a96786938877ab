package io.pharos.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** How answers are cut up and put together. */
class InquiryTest {
  private static final List<List<String>> ROWS = List.of(List.of("a"), List.of("b"));

  private final Inquiry inquiry = new Inquiry(Set.of("n1", "n2"));

  @Test
  void anAnswerOfManyPartsIsWholeAgain() {
    var rows = new ArrayList<List<String>>();
    for (int i = 0; i < 5_000; i++) {
      rows.add(List.of("row " + i, "x".repeat(50)));
    }
    List<ControlMessage.Reply> parts = ReplyParts.of("1", "n1", rows);
    assertThat(parts).hasSizeGreaterThan(5);
    for (ControlMessage.Reply part : parts) {
      assertThat(part.encode()).hasSizeLessThan(100_000);
      inquiry.accept(part);
    }
    assertThat(inquiry.rows()).isEqualTo(rows);
    assertThat(inquiry.silent()).containsExactly("n2");
  }

  @Test
  void noRowsAreOnePart() {
    assertThat(ReplyParts.of("1", "n1", List.of()))
        .containsExactly(new ControlMessage.Reply("1", "n1", 0, true, List.of()));
  }

  @Test
  void aPartThatIsMissingLeavesTheAnswerOpen() {
    inquiry.accept(new ControlMessage.Reply("1", "n1", 0, false, ROWS));
    inquiry.accept(new ControlMessage.Reply("1", "n1", 2, true, ROWS));
    inquiry.accept(new ControlMessage.Reply("1", "n2", 0, true, List.of()));
    inquiry.await(TimeUnit.MILLISECONDS.toNanos(1));
    assertThat(inquiry.silent()).containsExactly("n1");
    assertThat(inquiry.rows()).isEqualTo(ROWS);
  }

  @Test
  void whoWasNotAskedAndWhoAnswersTwiceDoesNotCount() {
    inquiry.accept(new ControlMessage.Reply("1", "stranger", 0, true, ROWS));
    inquiry.accept(new ControlMessage.Reply("1", "n1", 0, true, ROWS));
    inquiry.accept(new ControlMessage.Reply("1", "n1", 0, true, ROWS));
    inquiry.accept(new ControlMessage.Reply("1", "n1", 1, true, ROWS));
    assertThat(inquiry.rows()).isEqualTo(ROWS);
    inquiry.accept(new ControlMessage.Reply("1", "n2", 0, true, List.of()));
    inquiry.await(Long.MAX_VALUE);
    assertThat(inquiry.silent()).isEmpty();
  }
}
