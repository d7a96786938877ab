package io.pharos.security;

import static io.pharos.security.SignedTokens.claims;
import static io.pharos.security.SignedTokens.es256;
import static io.pharos.security.SignedTokens.hs256;
import static io.pharos.security.SignedTokens.refusal;
import static io.pharos.security.SignedTokens.rs256;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.OctetSequenceKey;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.JWTClaimsSet;
import io.pharos.message.PharosException;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class JwksKeysTest {
  private static final JWTClaimsSet ALICE = claims(c -> {});
  private static final RSAKey RSA = SignedTokens.rsa("r1", 2048);
  private static final RSAKey NEXT = SignedTokens.rsa("r2", 2048);
  private static final ECKey EC = SignedTokens.ec("e1", Curve.P_256);

  private final SteppedClock clock = new SteppedClock();
  private final FakeIssuer issuer = new FakeIssuer();
  private final TokenVerifier verifier =
      new JwtTokenVerifier(
          new JwksKeys(issuer, clock),
          new JwtClaims(
              new JwtSettings(new KeySource.None(), null, null, Duration.ZERO),
              SignedTokens.CLOCK));

  private static final class SteppedClock extends Clock {
    private Instant now = SignedTokens.NOW;

    void step(Duration time) {
      now = now.plus(time);
    }

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }

  private static final class FakeIssuer implements JwksFetcher {
    private final AtomicInteger fetches = new AtomicInteger();
    private volatile List<JWK> published = List.of();
    private volatile boolean down;

    void publish(JWK... keys) {
      published = List.of(keys);
    }

    @Override
    public String fetch() throws IOException {
      fetches.incrementAndGet();
      if (down) {
        throw new IOException("away");
      }
      return new JWKSet(published).toString(false);
    }
  }

  private String userOf(String token) {
    return verifier.verify(token).user().value();
  }

  @Test
  void rsaAndEcKeysOfOneSetAreUsed() {
    issuer.publish(RSA, EC);

    assertThat(userOf(rs256(RSA, ALICE))).isEqualTo("alice");
    assertThat(userOf(es256(EC, ALICE))).isEqualTo("alice");
    assertThat(issuer.fetches).hasValue(1);
  }

  @Test
  void symmetricTokensAreRefusedWhateverTheSetHolds() {
    issuer.publish(RSA, new OctetSequenceKey.Builder(SignedTokens.SECRET.bytes()).build());

    assertThat(refusal(verifier, hs256(ALICE))).contains("allowed: ES256, RS256");
  }

  @Test
  void aNewKeyIsFetchedWhenATokenNamesIt() {
    issuer.publish(RSA);
    userOf(rs256(RSA, ALICE));
    issuer.publish(RSA, NEXT);
    clock.step(JwksKeys.MIN_INTERVAL);

    assertThat(userOf(rs256(NEXT, ALICE))).isEqualTo("alice");
    assertThat(userOf(rs256(RSA, ALICE))).isEqualTo("alice");
    assertThat(issuer.fetches).hasValue(2);
  }

  @Test
  void aWithdrawnKeyIsNoLongerTrustedAfterItsTime() {
    issuer.publish(RSA);
    userOf(rs256(RSA, ALICE));
    issuer.publish(NEXT);

    assertThat(userOf(rs256(RSA, ALICE))).isEqualTo("alice");
    clock.step(JwksKeys.TIME_TO_LIVE);
    assertThat(refusal(verifier, rs256(RSA, ALICE))).contains("does not publish");
  }

  @Test
  void unknownKeyIdsCannotFloodTheIssuer() {
    issuer.publish(RSA);
    userOf(rs256(RSA, ALICE));
    List<RSAKey> madeUp = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      madeUp.add(new RSAKey.Builder(RSA).keyID("made-up-" + i).build());
    }

    for (RSAKey key : madeUp) {
      assertThat(refusal(verifier, rs256(key, ALICE))).contains("does not publish");
      clock.step(Duration.ofMillis(20));
    }

    assertThat(issuer.fetches).hasValueBetween(2, 3);
  }

  @Test
  void knownKeysStayInUseWhileTheIssuerIsAway() {
    issuer.publish(RSA);
    userOf(rs256(RSA, ALICE));
    issuer.down = true;

    for (int hour = 0; hour < 3; hour++) {
      clock.step(Duration.ofHours(1));
      assertThat(userOf(rs256(RSA, ALICE))).isEqualTo("alice");
    }
    assertThat(issuer.fetches).hasValue(4);
  }

  @Test
  void anIssuerThatIsAwayIsAskedAtMostOnceInAnInterval() {
    issuer.publish(RSA);
    userOf(rs256(RSA, ALICE));
    issuer.down = true;
    clock.step(JwksKeys.TIME_TO_LIVE);

    for (int i = 0; i < 100; i++) {
      userOf(rs256(RSA, ALICE));
    }

    assertThat(issuer.fetches).hasValue(2);
  }

  @Test
  void aKeyThatIsNotKnownWhileTheIssuerIsAwayMayBeGoodAllTheSame() {
    issuer.publish(RSA);
    userOf(rs256(RSA, ALICE));
    RSAKey next = new RSAKey.Builder(RSA).keyID("next").build();
    issuer.down = true;
    clock.step(JwksKeys.MIN_INTERVAL);

    assertThatExceptionOfType(PharosException.class)
        .isThrownBy(() -> verifier.verify(rs256(next, ALICE)))
        .extracting(PharosException::code)
        .isEqualTo(PharosException.Code.UNAVAILABLE);

    issuer.down = false;
    clock.step(JwksKeys.MIN_INTERVAL);
    assertThat(refusal(verifier, rs256(next, ALICE))).contains("does not publish");
  }

  @Test
  void withoutAnyKeyYetTheServiceIsUnavailableAndRecovers() {
    issuer.down = true;
    for (int i = 0; i < 10; i++) {
      assertThatExceptionOfType(PharosException.class)
          .isThrownBy(() -> verifier.verify(rs256(RSA, ALICE)))
          .extracting(PharosException::code)
          .isEqualTo(PharosException.Code.UNAVAILABLE);
    }
    assertThat(issuer.fetches).hasValue(1);

    issuer.down = false;
    issuer.publish(RSA);
    clock.step(JwksKeys.MIN_INTERVAL);
    assertThat(userOf(rs256(RSA, ALICE))).isEqualTo("alice");
  }

  @Test
  void aClockThatIsSetBackDoesNotStopTheRenewal() {
    issuer.publish(RSA);
    userOf(rs256(RSA, ALICE));
    clock.step(Duration.ofDays(-365));
    issuer.publish(NEXT);

    assertThat(userOf(rs256(NEXT, ALICE))).isEqualTo("alice");
  }

  @Test
  void withoutAKeyIdThereMustBeOnlyOneKeyToChoose() {
    RSAKey anonymous = new RSAKey.Builder(RSA).keyID(null).build();
    issuer.publish(RSA, EC);
    assertThat(userOf(rs256(anonymous, ALICE))).isEqualTo("alice");

    issuer.publish(RSA, NEXT);
    clock.step(JwksKeys.TIME_TO_LIVE);
    assertThat(refusal(verifier, rs256(anonymous, ALICE))).contains("'kid'");
  }

  @Test
  void aKeyIdDoesNotMakeUpForAnotherKey() {
    issuer.publish(RSA, NEXT);
    RSAKey disguised = new RSAKey.Builder(SignedTokens.rsa("x", 2048)).keyID("r1").build();

    assertThat(refusal(verifier, rs256(disguised, ALICE))).contains("signature does not match");
  }

  @Test
  void keysForOtherPurposesAreNotUsed() {
    RSAKey weak = SignedTokens.rsa("weak", 1024);
    issuer.publish(
        new RSAKey.Builder(RSA).keyUse(KeyUse.ENCRYPTION).build(),
        new RSAKey.Builder(NEXT).algorithm(JWSAlgorithm.RS512).build(),
        weak);

    assertThat(refusal(verifier, rs256(RSA, ALICE))).contains("does not publish");
    assertThat(refusal(verifier, rs256(NEXT, ALICE))).contains("does not publish");
  }

  @Test
  void manyCallersShareOneFetch() throws Exception {
    int callers = 20;
    CountDownLatch inFetch = new CountDownLatch(1);
    CountDownLatch answer = new CountDownLatch(1);
    AtomicInteger fetches = new AtomicInteger();
    JwksFetcher slow =
        () -> {
          fetches.incrementAndGet();
          inFetch.countDown();
          try {
            answer.await();
          } catch (InterruptedException e) {
            throw new IOException(e);
          }
          return new JWKSet(List.<JWK>of(RSA)).toString();
        };
    var keys = new JwksKeys(slow, clock);
    var claims =
        new JwtClaims(
            new JwtSettings(new KeySource.None(), null, null, Duration.ZERO), SignedTokens.CLOCK);
    var slowVerifier = new JwtTokenVerifier(keys, claims);
    String token = rs256(RSA, ALICE);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Identity>> identities = new ArrayList<>();
      for (int i = 0; i < callers; i++) {
        identities.add(threads.submit(() -> slowVerifier.verify(token)));
      }
      inFetch.await();
      answer.countDown();
      for (var identity : identities) {
        assertThat(identity.get().user().value()).isEqualTo("alice");
      }
    }
    assertThat(fetches).hasValue(1);
  }
}
