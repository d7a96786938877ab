package io.pharos.message;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * The name of a user: a token's {@code sub}. One to {@value #MAX_BYTES} bytes of UTF-8 without
 * control characters; otherwise free, so that e-mail addresses and names with a slash work. Inside
 * a destination a name stands as one segment, in which all but letters, digits and {@code - . _ ~ @
 * +} is percent-encoded.
 */
public record UserName(String value) {
  public static final int MAX_BYTES = 128;
  private static final String PLAIN =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~@+";

  public UserName {
    if (value.isEmpty() || value.getBytes(StandardCharsets.UTF_8).length > MAX_BYTES) {
      throw PharosException.badRequest("user name must have 1 to " + MAX_BYTES + " bytes");
    }
    if (value.codePoints().anyMatch(UserName::isForbidden)) {
      throw PharosException.badRequest("user name holds a character that is not allowed");
    }
  }

  /**
   * Decodes a destination's segment; other spellings of the same name than {@link #segment()}'s are
   * refused.
   */
  static UserName ofSegment(String segment) {
    var bytes = new ByteArrayOutputStream(segment.length());
    for (int i = 0; i < segment.length(); i++) {
      char c = segment.charAt(i);
      if (c == '%' && isHex(segment, i + 1) && isHex(segment, i + 2)) {
        bytes.write(Integer.parseInt(segment, i + 1, i + 3, 16));
        i += 2;
      } else {
        bytes.writeBytes(String.valueOf(c).getBytes(StandardCharsets.UTF_8));
      }
    }
    UserName name;
    try {
      name =
          new UserName(
              StandardCharsets.UTF_8
                  .newDecoder()
                  .decode(ByteBuffer.wrap(bytes.toByteArray()))
                  .toString());
    } catch (CharacterCodingException e) {
      throw new PharosException(
          PharosException.Code.BAD_REQUEST,
          "user name in the destination is not percent-encoded UTF-8",
          e);
    }
    if (!name.segment().equals(segment)) {
      throw PharosException.badRequest(
          "user name in the destination must be percent-encoded as '" + name.segment() + "'");
    }
    return name;
  }

  /** The name as one segment of a destination. */
  public String segment() {
    var out = new StringBuilder(value.length() + 8);
    for (byte b : value.getBytes(StandardCharsets.UTF_8)) {
      boolean plain = PLAIN.indexOf(b) >= 0;
      if (plain && !value.equals(".") && !value.equals("..")) {
        out.append((char) b);
      } else {
        out.append('%').append(Character.toUpperCase(Character.forDigit((b >> 4) & 15, 16)));
        out.append(Character.toUpperCase(Character.forDigit(b & 15, 16)));
      }
    }
    return out.toString();
  }

  @Override
  public String toString() {
    return value;
  }

  /** A surrogate among code points stands alone, and is no character. */
  private static boolean isForbidden(int codePoint) {
    return Character.isISOControl(codePoint) || Character.getType(codePoint) == Character.SURROGATE;
  }

  private static boolean isHex(String segment, int index) {
    return index < segment.length() && Character.digit(segment.charAt(index), 16) >= 0;
  }
}
