package io.pharos.sockjs;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A request, written down. */
record FakeRequest(String method, String target, Map<String, String> headers, String content)
    implements Request {

  static FakeRequest get(String target) {
    return new FakeRequest("GET", target, Map.of(), "");
  }

  static FakeRequest post(String target) {
    return new FakeRequest("POST", target, Map.of(), "");
  }

  static FakeRequest options(String target) {
    return new FakeRequest("OPTIONS", target, Map.of(), "");
  }

  FakeRequest with(String name, String value) {
    var more = new HashMap<>(headers);
    more.put(name.toLowerCase(Locale.ROOT), value);
    return new FakeRequest(method, target, more, content);
  }

  FakeRequest body(String text) {
    return new FakeRequest(method, target, headers, text);
  }

  @Override
  public String path() {
    int query = target.indexOf('?');
    return query < 0 ? target : target.substring(0, query);
  }

  @Override
  public String query() {
    int query = target.indexOf('?');
    return query < 0 ? "" : target.substring(query + 1);
  }

  @Override
  public @Nullable String header(String name) {
    return headers.get(name.toLowerCase(Locale.ROOT));
  }

  @Override
  public byte @Nullable [] body(int most) {
    byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
    return bytes.length > most ? null : bytes;
  }
}
