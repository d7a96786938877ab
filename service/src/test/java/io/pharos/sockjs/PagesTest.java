package io.pharos.sockjs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What stands below a base beside its sessions. */
class PagesTest {
  private final Base base = new Base();

  @Test
  @Tag("sockjs-1")
  void theBaseGreets() {
    for (String path : new String[] {"", "/"}) {
      Answer answer = base.answer(FakeRequest.get(path));
      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.headers()).containsEntry("Content-Type", "text/plain; charset=UTF-8");
      assertThat(answer.headers()).doesNotContainKey("Set-Cookie");
      assertThat(answer.body()).isEqualTo("Welcome to SockJS!\n");
    }
  }

  @Tag("sockjs-2")
  @ParameterizedTest
  @ValueSource(strings = {"/a", "/a.html", "//", "///", "/a/a", "/a/a/", "/a/"})
  void whatIsNoAddressIsNotFound(String path) {
    assertThat(base.answer(FakeRequest.get(path)).status()).isEqualTo(404);
    assertThat(base.answer(FakeRequest.post(path)).status()).isEqualTo(404);
  }

  @Tag("sockjs-3")
  @ParameterizedTest
  @ValueSource(
      strings = {
        "/iframe.html",
        "/iframe-a.html",
        "/iframe-.html",
        "/iframe-0.1.2.html",
        "/iframe-0.1.2abc-dirty.2144.html",
        "/iframe-a.html?t=1234"
      })
  void theIframeLoadsTheScript(String target) {
    Answer answer = base.answer(FakeRequest.get(target));
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.headers())
        .containsEntry("Content-Type", "text/html; charset=UTF-8")
        .containsEntry("Cache-Control", "public, max-age=31536000")
        .containsEntry("Expires", "Fri, 01 Jan 2027 00:00:00 GMT")
        .containsKey("ETag")
        .doesNotContainKeys("Last-Modified", "Set-Cookie");
    assertThat(answer.body())
        .isEqualTo(
            """
            <!DOCTYPE html>
            <html>
            <head>
              <meta http-equiv="X-UA-Compatible" content="IE=edge" />
              <meta http-equiv="Content-Type" content="text/html; charset=UTF-8" />
              <script src="/sockjs.js"></script>
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
            """);
  }

  @Test
  @Tag("sockjs-3")
  void aKnownIframeIsNotSentAgain() {
    String tag = base.answer(FakeRequest.get("/iframe.html")).headers().get("ETag");
    Answer again = base.answer(FakeRequest.get("/iframe-1.html").with("If-None-Match", tag + ""));
    assertThat(again.status()).isEqualTo(304);
    assertThat(again.headers()).doesNotContainKey("Content-Type").containsEntry("ETag", tag + "");
    assertThat(again.body()).isEmpty();
  }

  @Tag("sockjs-4")
  @ParameterizedTest
  @ValueSource(
      strings = {
        "/iframe.htm",
        "/iframe",
        "/IFRAME.HTML",
        "/IFRAME",
        "/iframe.HTML",
        "/iframe.xml",
        "/iframe-/.html"
      })
  void whatLooksLikeTheIframeIsNotFound(String path) {
    assertThat(base.answer(FakeRequest.get(path)).status()).isEqualTo(404);
  }

  @Test
  @Tag("sockjs-3")
  void aScriptsAddressCannotLeaveItsAttribute() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> settings("https://a.example/\"><script>"))
        .withMessageContaining("https://");
    assertThatIllegalArgumentException().isThrownBy(() -> settings("javascript:alert(1)"));
    assertThat(settings("https://a.example/sockjs.js").hasIframe()).isTrue();
  }

  private static SockJsSettings settings(String clientUrl) {
    return new SockJsSettings(
        true,
        false,
        true,
        clientUrl,
        Duration.ofSeconds(25),
        Duration.ofSeconds(5),
        Duration.ofSeconds(10),
        4096,
        100);
  }

  @Test
  @Tag("sockjs-5")
  @Tag("sockjs-25")
  void infoTellsWhatThereIs() {
    Answer answer = base.answer(FakeRequest.get("/info"));
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.headers())
        .containsEntry("Content-Type", "application/json; charset=UTF-8")
        .containsEntry(
            "Cache-Control", "no-store, no-cache, no-transform, must-revalidate, max-age=0")
        .containsEntry("Access-Control-Allow-Origin", "*")
        .doesNotContainKeys("Set-Cookie", "Expires", "Last-Modified");
    assertThat(answer.body())
        .matches(
            "\\{\"websocket\":true,\"origins\":\\[\"\\*:\\*\"],\"cookie_needed\":false,"
                + "\"entropy\":\\d{1,10}}");
    assertThat(base.answer(FakeRequest.get("/info")).body()).isNotEqualTo(answer.body());
  }

  @Test
  @Tag("sockjs-6")
  void aPreflightOfInfoIsKeptForAYear() {
    for (String origin : new String[] {"https://app.example", "null"}) {
      Answer answer = base.answer(FakeRequest.options("/info").with("Origin", origin));
      assertThat(answer.status()).isEqualTo(204);
      assertThat(answer.headers())
          .containsEntry("Access-Control-Allow-Methods", "OPTIONS, GET")
          .containsEntry("Access-Control-Max-Age", "31536000")
          .containsEntry("Cache-Control", "public, max-age=31536000")
          .containsEntry("Access-Control-Allow-Origin", origin)
          .containsKey("Expires");
      assertThat(answer.body()).isEmpty();
    }
  }

  @Test
  @Tag("sockjs-24")
  void anyOriginIsEchoedWithCredentialsAndNoneIsAnybody() {
    assertThat(base.answer(FakeRequest.get("/info").with("Origin", "http://a")).headers())
        .containsEntry("Access-Control-Allow-Origin", "http://a")
        .containsEntry("Access-Control-Allow-Credentials", "true");
    assertThat(base.answer(FakeRequest.get("/info")).headers())
        .containsEntry("Access-Control-Allow-Origin", "*")
        .doesNotContainKey("Access-Control-Allow-Credentials");
  }

  @Test
  @Tag("sockjs-24")
  void whereOriginsAreRestrictedNothingIsSaidOfThemAndNothingGoesAroundThem() {
    var restricted = new Base(SockJsSettings.DEFAULT);
    assertThat(restricted.answer(FakeRequest.get("/info").with("Origin", "http://a")).headers())
        .doesNotContainKeys("Access-Control-Allow-Origin", "Access-Control-Allow-Credentials");
    for (String path : new String[] {"/iframe.html", "/0/0/jsonp?c=x"}) {
      assertThat(restricted.answer(FakeRequest.get(path)).status()).isEqualTo(404);
    }
    assertThat(restricted.answer(FakeRequest.post("/0/0/jsonp_send")).status()).isEqualTo(404);
  }

  @Test
  void otherMethodsAreNamed() {
    Answer answer = base.answer(FakeRequest.post("/info"));
    assertThat(answer.status()).isEqualTo(405);
    assertThat(answer.headers()).containsEntry("Allow", "GET");
  }
}
