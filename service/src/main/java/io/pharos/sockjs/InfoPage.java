package io.pharos.sockjs;

import java.util.random.RandomGenerator;

/** What a client asks before it connects, and measures how far away the server is. */
final class InfoPage {
  private final SockJsSettings settings;
  private final RandomGenerator random;

  /**
   * @param random that nobody can guess
   */
  InfoPage(SockJsSettings settings, RandomGenerator random) {
    this.settings = settings;
    this.random = random;
  }

  Answer answer() {
    String json =
        "{\"websocket\":%s,\"origins\":[\"*:*\"],\"cookie_needed\":%s,\"entropy\":%d}"
            .formatted(settings.webSocket(), settings.cookieNeeded(), random.nextLong(1L << 32));
    return Answer.of(200, "application/json; charset=UTF-8", json).notCached();
  }
}
