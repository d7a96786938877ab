package io.pharos.it;

import com.nimbusds.jose.util.JSONObjectUtils;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A token in the making, good or bad: signed here by hand, so that the product's own issuer proves
 * nothing about itself.
 */
record Token(String algorithm, String key, Map<String, Object> claims) {

  /** One that may read and write every topic and every user's queue, for some minutes. */
  static Token of(String user) {
    Map<String, Object> rights =
        Map.of(
            "subscribe",
            List.of("/topic/**", "/user/queue/**", "/queue/**", "/app/**"),
            "publish",
            List.of("/topic/**", "/user/*/queue/**", "/queue/**", "/app/**"));
    return new Token("HS256", Node.property("test.jwt.secret"), Map.of())
        .claim("sub", user)
        .claim("aud", Node.property("test.jwt.audience"))
        .claim("pharos", rights)
        .lasting(Duration.ofMinutes(10));
  }

  /** The same, with the rights of nobody in particular: no claim that says what it may do. */
  Token withoutRights() {
    return without("pharos");
  }

  Token lasting(Duration ttl) {
    return claim("exp", Instant.now().plus(ttl).getEpochSecond());
  }

  Token signedWith(String otherKey) {
    return new Token(algorithm, otherKey, claims);
  }

  /** One that may do everything there is. */
  static Token ofAdmin() {
    return of("admin")
        .claim(
            "pharos",
            Map.of(
                "subscribe", List.of("/topic/**"), "publish", List.of("/topic/**"), "admin", true));
  }

  /** Not signed at all. */
  Token unsigned() {
    return new Token("none", key, claims);
  }

  Token claim(String name, Object value) {
    var all = new LinkedHashMap<>(claims);
    all.put(name, value);
    return new Token(algorithm, key, all);
  }

  Token without(String name) {
    var all = new LinkedHashMap<>(claims);
    all.remove(name);
    return new Token(algorithm, key, all);
  }

  String sign() {
    String content =
        base64(JSONObjectUtils.toJSONString(Map.of("alg", algorithm, "typ", "JWT")))
            + "."
            + base64(JSONObjectUtils.toJSONString(claims));
    return content + "." + (algorithm.equals("none") ? "" : signature(content));
  }

  /** As an {@code Authorization} header. */
  String bearer() {
    return "Bearer " + sign();
  }

  private String signature(String content) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      return Base64.getUrlEncoder()
          .withoutPadding()
          .encodeToString(mac.doFinal(content.getBytes(StandardCharsets.US_ASCII)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String base64(String text) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}
