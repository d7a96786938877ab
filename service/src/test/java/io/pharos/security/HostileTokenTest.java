package io.pharos.security;

import static io.pharos.security.SignedTokens.SECRET;
import static io.pharos.security.SignedTokens.claims;
import static io.pharos.security.SignedTokens.hs256;
import static io.pharos.security.SignedTokens.refusal;
import static io.pharos.security.SignedTokens.verifier;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.util.Base64URL;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostileTokenTest {
  private static final TokenVerifier VERIFIER = verifier(SECRET);
  private static final String GOOD = hs256(claims(c -> {}));

  @Property(tries = 500)
  void textIsNotAToken(@ForAll String text) {
    refusal(VERIFIER, text);
  }

  @Property(tries = 500)
  void textOfATokensAlphabetIsNotAToken(
      @ForAll @AlphaChars @Chars({'.', '-', '_', '0'}) @StringLength(max = 200) String text) {
    refusal(VERIFIER, text);
  }

  @Property(tries = 300)
  void anyJsonLikeHeaderIsRefused(@ForAll String alg, @ForAll String kid) {
    String header =
        Base64URL.encode("{\"alg\":\"" + alg + "\",\"kid\":\"" + kid + "\"}").toString();
    refusal(VERIFIER, header + GOOD.substring(GOOD.indexOf('.')));
  }

  @Property(tries = 300)
  void aTokenWithOneCharacterChangedInItsSignedPartIsRefused(
      @ForAll @IntRange(min = 0, max = 300) int index, @ForAll @AlphaChars char c) {
    int at = index % GOOD.lastIndexOf('.');
    Assume.that(GOOD.charAt(at) != c);
    refusal(VERIFIER, GOOD.substring(0, at) + c + GOOD.substring(at + 1));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".", "..", "...", "....", "a.b.c", "Bearer x", "\n", "null"})
  void fragmentsAreMalformed(String token) {
    assertThat(refusal(VERIFIER, token)).contains("malformed");
  }

  @Test
  void aTokenIsRefusedForItsSizeBeforeItIsRead() {
    String big = hs256(claims(c -> c.claim("x", "y".repeat(TokenVerifier.MAX_TOKEN))));

    assertThat(refusal(VERIFIER, big)).contains("longer than 8192 bytes");
    assertThat(VERIFIER.verify(hs256(claims(c -> c.claim("x", "y".repeat(5000)))))).isNotNull();
  }

  @Test
  void deeplyNestedJsonIsRefused() {
    String nested = Base64URL.encode("{\"alg\":" + "[".repeat(5000)).toString();

    refusal(VERIFIER, nested + GOOD.substring(GOOD.indexOf('.')));
  }

  @Test
  void spacesAndLineEndsAroundATokenAreNotIgnored() {
    refusal(VERIFIER, GOOD + "\n");
    refusal(VERIFIER, " " + GOOD);
    refusal(VERIFIER, GOOD + "=");
  }
}
