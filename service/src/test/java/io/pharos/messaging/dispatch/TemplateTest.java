package io.pharos.messaging.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pharos.message.Message;
import io.pharos.message.PharosException;
import io.pharos.messaging.PushTemplate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TemplateTest {
  private final Application application = new Application();
  private final PushTemplate template = application.template;

  private Message only(String destination) {
    List<Message> all = application.messages(destination);
    assertThat(all).hasSize(1);
    return all.getFirst();
  }

  @Test
  void idIsThatOfTheMessageThatWasStored() {
    String id = template.send("/topic/a", "hi");

    assertThat(only("/topic/a").position()).hasToString(id);
  }

  @Test
  void textAndBytesAreSentAsTheyAreAndObjectsAsJson() {
    byte[] bytes = {1, 2};
    template.send("/topic/text", "grüße");
    template.send("/topic/bytes", bytes);
    template.send("/topic/json", List.of(Map.of("n", 1)));
    bytes[0] = 9;

    assertThat(only("/topic/text").body().textOrNull()).isEqualTo("grüße");
    assertThat(only("/topic/text").contentType()).isEqualTo("text/plain;charset=UTF-8");
    assertThat(only("/topic/bytes").body().bytes()).containsExactly(1, 2);
    assertThat(only("/topic/bytes").contentType()).isEqualTo("application/octet-stream");
    assertThat(only("/topic/json").body().textOrNull()).isEqualTo("[{\"n\":1}]");
    assertThat(only("/topic/json").contentType()).isEqualTo("application/json");
  }

  @Test
  void headersAreTheMessagesOwnButForTheContentTypeAndTheKey() {
    var headers = Map.of("event", "news", "content-type", "text/html", "idempotency-key", "k");
    String id = template.send("/topic/a", "<p>", headers);

    assertThat(template.send("/topic/a", "<p>", headers)).isEqualTo(id);
    assertThat(only("/topic/a").headers().values()).isEqualTo(Map.of("event", "news"));
    assertThat(only("/topic/a").contentType()).isEqualTo("text/html");
  }

  @Test
  void userIsAddressedByNameAsItIs() {
    template.sendToUser("ann bee/ä", "/queue/x", "hi");
    template.sendToUser("bob", "/queue/x", "hi", Map.of("event", "e"));

    assertThat(application.published("/user/ann%20bee%2F%C3%A4/queue/x")).containsExactly("hi");
    assertThat(only("/user/bob/queue/x").headers().get("event")).isEqualTo("e");
  }

  @Test
  void whatCannotBeSentIsRefused() {
    assertRefused(() -> template.send("/app/x", "x"), PharosException.Code.BAD_REQUEST);
    assertRefused(() -> template.send("/topic/*", "x"), PharosException.Code.BAD_REQUEST);
    assertRefused(
        () -> template.sendToUser("ann", "/topic/x", "x"), PharosException.Code.BAD_REQUEST);
    assertRefused(
        () -> template.send("/topic/a", "x".repeat(1001)), PharosException.Code.TOO_LARGE);
  }

  private static void assertRefused(Runnable call, PharosException.Code code) {
    assertThatThrownBy(call::run)
        .isInstanceOfSatisfying(PharosException.class, e -> assertThat(e.code()).isEqualTo(code));
  }
}
