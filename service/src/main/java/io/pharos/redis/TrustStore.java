package io.pharos.redis;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import org.jspecify.annotations.Nullable;

/**
 * A file of the certificates that a server's own is trusted by, PKCS #12 or JKS. It is read again
 * for every connection.
 *
 * @param password null when it has none
 */
public record TrustStore(Path file, @Nullable String password) {

  /**
   * Makes sure that it can be read.
   *
   * @throws IllegalArgumentException saying what is wrong, and nothing of the password
   */
  public TrustStore {
    try {
      KeyStore store = KeyStore.getInstance(file.toFile(), chars(password));
      if (store.size() == 0) {
        throw new IllegalArgumentException(
            file + " holds no certificates, or needs a password to show them");
      }
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalArgumentException(
          file + " is no PKCS #12 file that its password opens: " + e.getMessage(), e);
    }
  }

  char @Nullable [] chars() {
    return chars(password);
  }

  private static char @Nullable [] chars(@Nullable String text) {
    return text == null ? null : text.toCharArray();
  }

  /** Without the password. */
  @Override
  public String toString() {
    return file.toString();
  }
}
