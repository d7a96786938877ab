package io.pharos.security;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSVerifier;
import java.util.List;
import java.util.Set;

/** The keys that are trusted, and the algorithms they are for. */
interface VerificationKeys {

  /** The only algorithms whose signatures are looked at. */
  Set<JWSAlgorithm> algorithms();

  /**
   * The trusted keys that may have made a signature with this header: of its {@code kid}, if there
   * are several keys to choose from. Nothing else in the header has a say.
   *
   * @throws io.pharos.message.PharosException UNAUTHENTICATED when there is none, UNAVAILABLE when
   *     that cannot be known
   */
  List<JWSVerifier> candidates(JWSHeader header);
}
