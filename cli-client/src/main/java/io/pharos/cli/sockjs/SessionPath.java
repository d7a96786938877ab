package io.pharos.cli.sockjs;

import java.security.SecureRandom;
import java.util.random.RandomGenerator;

/**
 * Where a new session is, below the SockJS address: {@code /SERVER/SESSION}. Who knows the
 * session's name can read it, so it cannot be guessed.
 */
public record SessionPath(String path) {
  private static final String CHARACTERS = "abcdefghijklmnopqrstuvwxyz012345";
  private static final int LENGTH = 26;
  private static final SecureRandom RANDOM = new SecureRandom();

  /** A session that nobody else has. */
  public static SessionPath random() {
    return random(RANDOM);
  }

  static SessionPath random(RandomGenerator random) {
    var path = new StringBuilder(LENGTH + 5);
    path.append('/').append(String.valueOf(1000 + random.nextInt(1000)), 1, 4).append('/');
    for (int i = 0; i < LENGTH; i++) {
      path.append(CHARACTERS.charAt(random.nextInt(CHARACTERS.length())));
    }
    return new SessionPath(path.toString());
  }

  /** The path of a transport. */
  public String of(String transport) {
    return path + "/" + transport;
  }
}
