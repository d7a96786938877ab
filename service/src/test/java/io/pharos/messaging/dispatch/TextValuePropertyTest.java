package io.pharos.messaging.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pharos.message.PharosException;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

class TextValuePropertyTest {
  enum Word {
    ONE,
    TWO
  }

  private static void assertRefused(ThrowingCallable parse, String allowed) {
    assertThatThrownBy(parse)
        .isInstanceOfSatisfying(
            PharosException.class,
            e -> {
              assertThat(e.code()).isEqualTo(PharosException.Code.BAD_REQUEST);
              assertThat(e.detail()).isEqualTo("it must be " + allowed);
            });
  }

  @Property
  void numbersAreReadAsTheyAreWritten(@ForAll int number, @ForAll long big) {
    assertThat(TextValue.parse("it", Integer.toString(number), int.class)).isEqualTo(number);
    assertThat(TextValue.parse("it", Integer.toString(number), Integer.class)).isEqualTo(number);
    assertThat(TextValue.parse("it", Long.toString(big), long.class)).isEqualTo(big);
  }

  @Property
  void numberThatIsTooBigIsRefused(@ForAll int number) {
    long tooBig = number < 0 ? Integer.MIN_VALUE - 1L + number : Integer.MAX_VALUE + 1L + number;

    assertRefused(() -> TextValue.parse("it", Long.toString(tooBig), int.class), "a whole number");
  }

  @Property
  void anyTextIsText(@ForAll String text) {
    assertThat(TextValue.parse("it", text, String.class)).isEqualTo(text);
  }

  @Property
  void anyTextIsReadOrRefusedWithWhatIsAllowed(@ForAll String text) {
    if (!text.equals("true") && !text.equals("false")) {
      assertRefused(() -> TextValue.parse("it", text, boolean.class), "true or false");
    }
    if (!text.equals("ONE") && !text.equals("TWO")) {
      assertRefused(() -> TextValue.parse("it", text, Word.class), "one of [ONE, TWO]");
    }
  }
}
