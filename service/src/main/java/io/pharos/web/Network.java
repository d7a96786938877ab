package io.pharos.web;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HexFormat;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Addresses whose first bits are equal. */
final class Network {
  private static final Pattern V4 = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");
  private static final Pattern V6 = Pattern.compile("[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*");
  private static final int CLIENT_BYTES_OF_V6 = 8;

  private final byte[] prefix;
  private final int bits;

  private Network(byte[] prefix, int bits) {
    this.prefix = prefix;
    this.bits = bits;
  }

  /**
   * Reads {@code ADDRESS} or {@code ADDRESS/BITS}.
   *
   * @throws IllegalArgumentException when it is neither
   */
  static Network parse(String text) {
    int slash = text.indexOf('/');
    byte[] prefix = bytes(slash < 0 ? text : text.substring(0, slash));
    if (prefix != null) {
      int most = prefix.length * 8;
      String length = slash < 0 ? Integer.toString(most) : text.substring(slash + 1);
      if (length.matches("\\d{1,3}") && Integer.parseInt(length) <= most) {
        return new Network(prefix, Integer.parseInt(length));
      }
    }
    throw new IllegalArgumentException(
        "'" + text + "' is no address and no network such as 10.0.0.0/8");
  }

  boolean contains(byte[] address) {
    if (address.length != prefix.length) {
      return false;
    }
    for (int bit = 0; bit < bits; bit++) {
      int mask = 0x80 >> (bit % 8);
      if ((address[bit / 8] & mask) != (prefix[bit / 8] & mask)) {
        return false;
      }
    }
    return true;
  }

  /** A literal address' bytes; null for anything else. Asks no name server. */
  static byte @Nullable [] bytes(String literal) {
    boolean bracketed = literal.startsWith("[") && literal.endsWith("]");
    String bare = bracketed ? literal.substring(1, literal.length() - 1) : literal;
    int zone = bare.indexOf('%');
    bare = zone < 0 ? bare : bare.substring(0, zone);
    if (!V4.matcher(bare).matches() && !V6.matcher(bare).matches()) {
      return null;
    }
    try {
      return InetAddress.getByName(bare).getAddress();
    } catch (UnknownHostException e) {
      return null;
    }
  }

  /** What stands for the client that has this address. */
  static String key(byte[] address) {
    boolean v6 = address.length > 4;
    return HexFormat.of().formatHex(address, 0, v6 ? CLIENT_BYTES_OF_V6 : address.length);
  }
}
