package io.pharos.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** What every refusal of a value has in common. */
final class Refusals {
  private Refusals() {}

  static void assertBadRequest(ThrowingCallable call) {
    assertThatExceptionOfType(PharosException.class)
        .isThrownBy(call)
        .satisfies(Refusals::assertBadRequest);
  }

  /** The sentence goes into headers and logs as it is. */
  static void assertBadRequest(PharosException e) {
    assertThat(e.code()).isEqualTo(PharosException.Code.BAD_REQUEST);
    assertThat(e.detail()).isNotBlank();
    assertThat(e.detail().chars().noneMatch(Character::isISOControl))
        .as("control characters in the refusal of a value")
        .isTrue();
  }
}
