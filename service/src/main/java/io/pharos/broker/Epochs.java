package io.pharos.broker;

import java.security.SecureRandom;

/** Makes epochs that nobody has seen before: eight random digits and small letters. */
public final class Epochs {
  private static final String DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz";

  private final SecureRandom random = new SecureRandom();

  public String next() {
    var epoch = new StringBuilder(8);
    for (int i = 0; i < 8; i++) {
      epoch.append(DIGITS.charAt(random.nextInt(DIGITS.length())));
    }
    return epoch.toString();
  }
}
