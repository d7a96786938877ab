package io.pharos.web;

import io.pharos.message.PharosException;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** Reads a request's body and no more of it than is allowed. */
final class BoundedBody {
  private static final String CUT_OFF =
      "the body ended before its announced length, or is malformed";

  private BoundedBody() {}

  /**
   * @param contentLength as it was sent, or null when there is none
   * @param most how many bytes are allowed
   * @throws PharosException TOO_LARGE, naming the limit; BAD_REQUEST when the body is not as it was
   *     announced
   */
  static byte[] read(InputStream body, @Nullable String contentLength, long most) {
    long declared = contentLength == null ? -1 : length(contentLength);
    if (declared > most) {
      throw tooLarge(most);
    }
    byte[] bytes;
    try {
      // What is announced is read in one piece; the stream ends there.
      bytes = body.readNBytes((int) (declared < 0 ? most + 1 : declared));
    } catch (IOException e) {
      // Not our fault: the client went away, or its chunks are no chunks.
      throw new PharosException(PharosException.Code.BAD_REQUEST, CUT_OFF, e);
    }
    if (bytes.length > most) {
      throw tooLarge(most);
    }
    if (bytes.length < declared) {
      throw PharosException.badRequest(CUT_OFF);
    }
    return bytes;
  }

  /** Any number of digits (RFC 9110, section 8.6), so also more than a number here can hold. */
  private static long length(String contentLength) {
    if (contentLength.isEmpty() || !contentLength.chars().allMatch(c -> c >= '0' && c <= '9')) {
      throw PharosException.badRequest("the Content-Length is not a number");
    }
    try {
      return Long.parseLong(contentLength);
    } catch (NumberFormatException e) {
      return Long.MAX_VALUE;
    }
  }

  private static PharosException tooLarge(long most) {
    return new PharosException(
        PharosException.Code.TOO_LARGE,
        "the body is larger than the " + most + " bytes that are allowed");
  }
}
