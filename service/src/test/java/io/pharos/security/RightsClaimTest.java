package io.pharos.security;

import static io.pharos.security.SignedTokens.SECRET;
import static io.pharos.security.SignedTokens.claims;
import static io.pharos.security.SignedTokens.hs256;
import static io.pharos.security.SignedTokens.verifier;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.MACSigner;
import io.pharos.message.DestinationPattern;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RightsClaimTest {

  /** Signs the claim as JSON text, so that nothing is made right on the way. */
  private static String token(String claim) {
    String payload = "{\"sub\":\"alice\",\"exp\":9999999999,\"pharos\":" + claim + "}";
    JWSObject jws = new JWSObject(new JWSHeader(JWSAlgorithm.HS256), new Payload(payload));
    try {
      jws.sign(new MACSigner(SECRET.bytes()));
    } catch (JOSEException e) {
      throw new AssertionError(e);
    }
    return jws.serialize();
  }

  private static Rights rights(String claim) {
    return verifier(SECRET).verify(token(claim)).rights();
  }

  private static List<DestinationPattern> patterns(String... patterns) {
    return List.of(patterns).stream().map(DestinationPattern::new).toList();
  }

  @Test
  void withoutTheClaimTheDefaultApplies() {
    assertThat(verifier(SECRET).verify(hs256(claims(c -> {}))).rights()).isEqualTo(Rights.DEFAULT);
  }

  @Test
  void withTheClaimItIsExactlyWhatItLists() {
    assertThat(
            rights(
                """
                {"subscribe":["/topic/a/*","/user/queue/**"],
                 "publish":["/user/*/queue/**"],"admin":true}\
                """))
        .isEqualTo(
            new Rights(
                patterns("/topic/a/*", "/user/queue/**"), patterns("/user/*/queue/**"), true));
    assertThat(rights("{}")).isEqualTo(Rights.NONE);
    assertThat(rights("{\"admin\":false,\"subscribe\":[]}")).isEqualTo(Rights.NONE);
    assertThat(rights("{\"publish\":[\"/topic/x\"]}"))
        .isEqualTo(new Rights(List.of(), patterns("/topic/x"), false));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "null; must be an object",
        "[]; must be an object",
        "\"/topic/**\"; must be an object",
        "1; must be an object",
        "{\"subscribe\":\"/topic/a\"}; list of patterns as 'subscribe'",
        "{\"subscribe\":{}}; list of patterns as 'subscribe'",
        "{\"publish\":null}; list of patterns as 'publish'",
        "{\"publish\":[1]}; strings in 'publish'",
        "{\"publish\":[null]}; strings in 'publish'",
        "{\"publish\":[\"topic\"]}; wrong pattern in 'publish'",
        "{\"subscribe\":[\"/topic/a*\"]}; wrong pattern in 'subscribe'",
        "{\"subscribe\":[\"/topic/**/a\"]}; wrong pattern in 'subscribe'",
        "{\"admin\":\"true\"}; true or false as 'admin'",
        "{\"admin\":1}; true or false as 'admin'",
        "{\"admin\":null}; true or false as 'admin'",
        "{\"Admin\":true}; no others",
        "{\"send\":[]}; no others",
      })
  void aClaimOfAnotherShapeIsRefused(String claim, String reason) {
    assertThat(SignedTokens.refusal(verifier(SECRET), token(claim))).contains("'pharos'", reason);
  }
}
