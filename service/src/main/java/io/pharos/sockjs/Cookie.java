package io.pharos.sockjs;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The cookie by which load balancers keep a session's requests together. */
final class Cookie {
  private static final Pattern VALUE =
      Pattern.compile("(?:^|[;, ])JSESSIONID=([A-Za-z0-9._~!:+/=-]{1,256})(?:$|[;, ])");

  private Cookie() {}

  /** Says the client's own value again. */
  static Answer set(@Nullable String header, Answer answer) {
    Matcher matcher = VALUE.matcher(header == null ? "" : header);
    String value = matcher.find() ? matcher.group(1) : "dummy";
    return answer.with("Set-Cookie", "JSESSIONID=" + value + "; path=/");
  }
}
