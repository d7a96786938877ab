package io.pharos.sockjs;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The page that old browsers load into a hidden frame, to be of the server's origin there. */
final class IframePage {
  private static final Pattern PATH = Pattern.compile("/iframe[0-9-.a-z_]*\\.html");

  private final String page;
  private final String tag;
  private final Caching caching;

  IframePage(String clientUrl, Caching caching) {
    this.page =
        """
        <!DOCTYPE html>
        <html>
        <head>
          <meta http-equiv="X-UA-Compatible" content="IE=edge" />
          <meta http-equiv="Content-Type" content="text/html; charset=UTF-8" />
          <script src="%s"></script>
          <script>
            document.domain = document.domain;
            SockJS.bootstrap_iframe();
          </script>
        </head>
        <body>
          <h2>Don't panic!</h2>
          <p>This is a SockJS hidden iframe. It's used for cross domain magic.</p>
        </body>
        </html>\
        """
            .formatted(clientUrl.replace("&", "&amp;"));
    this.tag = '"' + hash(page) + '"';
    this.caching = caching;
  }

  static boolean isAt(String path) {
    return PATH.matcher(path).matches();
  }

  /**
   * The page, or that it has not changed.
   *
   * @param known the tags that the client has, as in {@code If-None-Match}
   */
  Answer answer(@Nullable String known) {
    Answer answer =
        known != null && known.contains(tag)
            ? Answer.of(304)
            : Answer.of(200, "text/html; charset=UTF-8", page);
    return caching.apply(answer.with("ETag", tag));
  }

  private static String hash(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest, 0, 16);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
