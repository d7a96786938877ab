package io.pharos.security;

import io.pharos.message.Destination;
import io.pharos.message.DestinationPattern;
import io.pharos.message.PharosException;
import io.pharos.message.UserName;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Who a client is, as its token proved it: fixed for a session, and void at {@code expiresAt}.
 *
 * @param user the token's {@code sub}
 * @param rights what the user may do
 * @param expiresAt the token's {@code exp}: the session is closed no later than this
 * @param tokenId the token's {@code jti}, to end all sessions of one token; at most 256 characters
 *     without control characters, null when it has none
 */
public record Identity(UserName user, Rights rights, Instant expiresAt, @Nullable String tokenId) {
  private static final int MAX_TOKEN_ID = 256;

  public Identity {
    if (tokenId != null
        && (tokenId.length() > MAX_TOKEN_ID || tokenId.chars().anyMatch(Character::isISOControl))) {
      throw new PharosException(
          PharosException.Code.UNAUTHENTICATED,
          "the token's id, 'jti', must have at most "
              + MAX_TOKEN_ID
              + " characters and no control characters");
    }
  }

  /**
   * What a client that asks for {@code requested} subscribes to: {@code /user/queue/X} becomes this
   * user's own {@code /user/NAME/queue/X}; everything else stays as it is. Checked: the caller may
   * subscribe to the result.
   *
   * @throws PharosException BAD_REQUEST when it is no pattern, FORBIDDEN when the right is missing,
   *     or when it names a user's queue in any other way than {@code /user/queue/X}
   */
  public DestinationPattern subscription(String requested) {
    DestinationPattern pattern = new DestinationPattern(requested);
    if (requested.startsWith("/user/")) {
      if (!requested.startsWith(Rights.OWN_QUEUES)) {
        throw Rights.forbidden(
            "'" + requested + "' is not open to subscribers: a user's queue is /user/queue/X");
      }
      pattern =
          new DestinationPattern("/user/" + user.segment() + requested.substring("/user".length()));
    }
    rights.checkSubscribe(user, pattern);
    return pattern;
  }

  /** {@link Rights#checkPublish} for this user. */
  public void checkPublish(Destination destination) {
    rights.checkPublish(user, destination);
  }
}
