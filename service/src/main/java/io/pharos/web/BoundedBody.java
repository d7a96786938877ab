package io.pharos.web;

import io.pharos.message.PharosException;
import java.io.IOException;
import java.io.InputStream;

/** Reads a request's body and no more of it than is allowed. */
final class BoundedBody {
  private BoundedBody() {}

  /**
   * @param declared the Content-Length, or less than 0 when there is none
   * @param most how many bytes are allowed
   * @throws PharosException TOO_LARGE, naming the limit
   */
  static byte[] read(InputStream body, long declared, long most) throws IOException {
    if (declared > most) {
      throw tooLarge(most);
    }
    // What is announced is read in one piece; the stream ends there.
    byte[] bytes = body.readNBytes((int) (declared < 0 ? most + 1 : declared));
    if (bytes.length > most) {
      throw tooLarge(most);
    }
    return bytes;
  }

  private static PharosException tooLarge(long most) {
    return new PharosException(
        PharosException.Code.TOO_LARGE,
        "the body is larger than the " + most + " bytes that are allowed");
  }
}
