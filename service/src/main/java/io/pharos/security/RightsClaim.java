package io.pharos.security;

import com.nimbusds.jwt.JWTClaimsSet;
import io.pharos.message.DestinationPattern;
import io.pharos.message.PharosException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The claim {@code "pharos": {"subscribe": [patterns], "publish": [patterns], "admin": boolean}}. A
 * token without it has {@link Rights#DEFAULT}; one with it has exactly what it lists, so that a
 * missing member gives nothing, the own queues included.
 */
final class RightsClaim {
  static final String NAME = "pharos";
  private static final String SUBSCRIBE = "subscribe";
  private static final String PUBLISH = "publish";
  private static final String ADMIN = "admin";

  private RightsClaim() {}

  /** A claim of any other shape is refused: half a right would be a surprise to somebody. */
  static Rights rights(JWTClaimsSet claims) {
    if (!claims.getClaims().containsKey(NAME)) {
      return Rights.DEFAULT;
    }
    if (!(claims.getClaim(NAME) instanceof Map<?, ?> claim)) {
      throw refused("must be an object");
    }
    for (Object member : claim.keySet()) {
      if (!Set.of(SUBSCRIBE, PUBLISH, ADMIN).contains(member)) {
        throw refused("may have the members subscribe, publish and admin, and no others");
      }
    }
    return new Rights(
        patterns(claim, SUBSCRIBE), patterns(claim, PUBLISH), flag(claim.get(ADMIN), claim));
  }

  /** The form that {@link #rights} reads. */
  static Map<String, Object> of(Rights rights) {
    Map<String, Object> claim = new LinkedHashMap<>();
    claim.put(SUBSCRIBE, rights.subscribe().stream().map(DestinationPattern::value).toList());
    claim.put(PUBLISH, rights.publish().stream().map(DestinationPattern::value).toList());
    if (rights.admin()) {
      claim.put(ADMIN, true);
    }
    return claim;
  }

  private static List<DestinationPattern> patterns(Map<?, ?> claim, String member) {
    if (!claim.containsKey(member)) {
      return List.of();
    }
    if (!(claim.get(member) instanceof List<?> values)) {
      throw refused("must hold a list of patterns as '" + member + "'");
    }
    List<DestinationPattern> patterns = new ArrayList<>();
    for (Object value : values) {
      if (!(value instanceof String pattern)) {
        throw refused("must hold strings in '" + member + "'");
      }
      try {
        patterns.add(new DestinationPattern(pattern));
      } catch (PharosException e) {
        throw refused("holds a wrong pattern in '" + member + "': " + e.detail());
      }
    }
    return patterns;
  }

  private static boolean flag(@Nullable Object value, Map<?, ?> claim) {
    if (value instanceof Boolean flag) {
      return flag;
    }
    if (claim.containsKey(ADMIN)) {
      throw refused("must hold true or false as 'admin'");
    }
    return false;
  }

  private static PharosException refused(String detail) {
    return JwtTokenVerifier.refused("the token's claim 'pharos' " + detail);
  }
}
