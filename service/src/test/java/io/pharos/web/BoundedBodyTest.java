package io.pharos.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pharos.message.PharosException;
import io.pharos.message.PharosException.Code;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BoundedBodyTest {
  private static final int MOST = 10;

  @Test
  void bodiesUpToTheLimitAreRead() {
    assertThat(read(body(10), "10")).hasSize(10);
    assertThat(read(body(10), null)).hasSize(10);
    assertThat(read(body(0), "0")).isEmpty();
    assertThat(read(body(3), "0000000000000000000000000003")).hasSize(3);
  }

  @ParameterizedTest
  @ValueSource(strings = {"11", "2147483648", "9223372036854775808", "99999999999999999999999999"})
  void anAnnouncedLengthOverTheLimitIsTooLargeWithAnyNumberOfDigits(String length) {
    assertRefused(Code.TOO_LARGE, () -> read(body(0), length), "10 bytes");
  }

  @Test
  void aBodyOfUnknownLengthIsReadUpToTheLimitAlone() {
    assertRefused(Code.TOO_LARGE, () -> read(body(11), null), "10 bytes");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-1", "+3", "x", "3,3", "3.0", "٣"})
  void aLengthThatIsNoNumberIsMalformed(String length) {
    assertRefused(Code.BAD_REQUEST, () -> read(body(3), length), "Content-Length");
  }

  @Test
  void aBodyThatIsCutOffIsMalformed() {
    assertRefused(Code.BAD_REQUEST, () -> read(body(3), "10"), "ended before");
    assertRefused(Code.BAD_REQUEST, () -> read(failing(new EOFException()), "10"), "ended before");
    var chunk = new IOException("Chunk length is not hexadecimal");
    assertRefused(Code.BAD_REQUEST, () -> read(failing(chunk), null), "malformed");
  }

  private static byte[] read(InputStream body, @Nullable String length) {
    return BoundedBody.read(body, length, MOST);
  }

  private static InputStream body(int length) {
    return new ByteArrayInputStream(new byte[length]);
  }

  private static InputStream failing(IOException failure) {
    return new InputStream() {
      @Override
      public int read() throws IOException {
        throw failure;
      }

      @Override
      public int read(byte[] into, int from, int length) throws IOException {
        throw failure;
      }
    };
  }

  private static void assertRefused(Code code, ThrowingCallable call, String hint) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(PharosException.class, e -> assertThat(e.code()).isEqualTo(code))
        .hasMessageContaining(hint);
  }
}
