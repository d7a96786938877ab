package io.pharos.security;

import com.nimbusds.jose.jwk.Curve;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;

/** Reads the PEM form of a public key (RFC 7468, section 13). */
final class PemPublicKey {
  static final int MIN_RSA_BITS = 2048;
  private static final String BEGIN = "-----BEGIN PUBLIC KEY-----";
  private static final String END = "-----END PUBLIC KEY-----";

  private PemPublicKey() {}

  /**
   * Parses an RSA key of at least {@value #MIN_RSA_BITS} bits or an EC key on P-256. Line ends may
   * be missing or written as {@code \n}, as they often are in environment variables.
   *
   * @throws IllegalArgumentException saying what it is instead
   */
  static PublicKey parse(String pem) {
    String text = pem.replace("\\n", "\n").strip();
    if (text.contains("PRIVATE KEY-----")) {
      throw wrong("holds a private key, which does not belong on this server");
    }
    boolean framed = text.length() >= BEGIN.length() + END.length();
    if (!framed || !text.startsWith(BEGIN) || !text.endsWith(END)) {
      throw wrong("must be PEM between '" + BEGIN + "' and '" + END + "'");
    }
    byte[] der;
    try {
      der =
          Base64.getMimeDecoder()
              .decode(text.substring(BEGIN.length(), text.length() - END.length()));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("pharos.jwt.public-key is not valid base64", e);
    }
    PublicKey key = decode(new X509EncodedKeySpec(der));
    if (key instanceof RSAPublicKey rsa && rsa.getModulus().bitLength() < MIN_RSA_BITS) {
      throw wrong("must be an RSA key of at least " + MIN_RSA_BITS + " bits");
    }
    if (key instanceof ECPublicKey ec
        && !Curve.P_256.equals(Curve.forECParameterSpec(ec.getParams()))) {
      throw wrong("must be on the curve P-256 if it is an EC key");
    }
    return key;
  }

  private static PublicKey decode(X509EncodedKeySpec spec) {
    for (String algorithm : new String[] {"RSA", "EC"}) {
      try {
        return KeyFactory.getInstance(algorithm).generatePublic(spec);
      } catch (GeneralSecurityException e) {
        // Not of this kind: the next one.
      }
    }
    throw wrong("must be an RSA or EC public key");
  }

  private static IllegalArgumentException wrong(String what) {
    return new IllegalArgumentException("pharos.jwt.public-key " + what);
  }
}
