package io.pharos.cli.api;

import io.pharos.cli.failure.CliException;
import io.pharos.message.DestinationPattern;
import io.pharos.message.PharosException;
import io.pharos.message.UserName;
import io.pharos.security.DevSecret;
import io.pharos.security.Rights;
import io.pharos.security.TokenIssuer;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Short-lived tokens signed with the secret of a development server on this machine: for people who
 * try Pharos out and have none. They may read and write topics and users' queues.
 */
public final class DevelopmentTokens implements TokenSource {
  static final Duration TTL = Duration.ofMinutes(15);
  private static final Duration RENEW_BEFORE = Duration.ofMinutes(1);
  private static final Rights RIGHTS =
      new Rights(
          List.of(new DestinationPattern("/topic/**"), new DestinationPattern("/user/queue/**")),
          List.of(new DestinationPattern("/topic/**"), new DestinationPattern("/user/*/queue/**")),
          false);

  private final DevSecret secret;
  private final UserName user;
  private final Clock clock;
  private @Nullable String token;
  private long renewAt;

  public DevelopmentTokens(DevSecret secret, @Nullable String user, Clock clock) {
    this.secret = secret;
    this.user = nameOf(user);
    this.clock = clock;
  }

  public UserName user() {
    return user;
  }

  @Override
  public synchronized String token() {
    String current = token;
    if (current == null || clock.millis() >= renewAt) {
      try {
        current =
            new TokenIssuer(secret.readOrCreate(), null, null, clock).issue(user, RIGHTS, TTL);
      } catch (IOException e) {
        throw CliException.failed("cannot use the development secret: " + e.getMessage(), null);
      }
      token = current;
      renewAt = clock.millis() + TTL.minus(RENEW_BEFORE).toMillis();
    }
    return current;
  }

  @Override
  public boolean renews() {
    return true;
  }

  private static UserName nameOf(@Nullable String user) {
    try {
      return new UserName(user == null ? "dev" : user);
    } catch (PharosException e) {
      return new UserName("dev");
    }
  }
}
