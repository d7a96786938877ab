package io.pharos.messaging.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pharos.message.PharosException;
import io.pharos.message.Publication;
import io.pharos.messaging.DestinationVariable;
import io.pharos.messaging.Header;
import io.pharos.messaging.MessageMapping;
import io.pharos.messaging.Payload;
import io.pharos.messaging.PushSession;
import java.nio.charset.StandardCharsets;
import java.security.Principal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a handler's parameters can be. */
class ArgumentTest {
  enum Color {
    RED,
    GREEN
  }

  /** As JSON-B reads it. */
  public static class Point {
    public int x;
    public int y;
  }

  static class Handlers {
    final List<@Nullable Object> got = new ArrayList<>();

    @MessageMapping("text")
    void text(String text) {
      got.add(text);
    }

    @MessageMapping("bytes")
    void bytes(byte[] bytes) {
      got.add(bytes);
    }

    @MessageMapping("point")
    void point(Point point) {
      got.add(point.x + "," + point.y);
    }

    @MessageMapping("points")
    void points(List<Point> points) {
      points.forEach(this::point);
    }

    @MessageMapping("number")
    void number(@Payload int number) {
      got.add(number);
    }

    @MessageMapping("optional")
    void optional(@Payload(required = false) @Nullable Point point) {
      got.add(point == null ? "none" : "some");
    }

    @MessageMapping("headers")
    void headers(
        @Header("color") Color color,
        @Header String destination,
        @Header("content-type") String contentType,
        @Header(value = "missing", required = false) @Nullable Integer missing,
        @Header Map<String, String> all) {
      got.add(color);
      got.add(destination);
      got.add(contentType);
      got.add(missing);
      got.add(all);
    }

    @MessageMapping("count")
    void count(@Header int count) {
      got.add(count);
    }

    @MessageMapping("flag")
    void flag(@Header boolean flag) {
      got.add(flag);
    }

    @MessageMapping("room.{room}.{number}/{rest}")
    void variables(
        @DestinationVariable String room,
        @DestinationVariable("number") long n,
        @DestinationVariable String rest) {
      got.add(room);
      got.add(n);
      got.add(rest);
    }

    @MessageMapping("color/{color}")
    void color(@DestinationVariable Color color) {
      got.add(color);
    }

    @MessageMapping("who")
    void who(Principal principal, PushSession session, Publication publication, String body) {
      got.add(principal.getName());
      got.add(session.user());
      got.add(session.transport());
      got.add(publication.destination().value());
      got.add(body);
    }

    @MessageMapping("attributes")
    void attributes(PushSession session) {
      got.add(session.attributes().merge("count", 1, (a, b) -> (int) a + (int) b));
    }
  }

  private final Handlers handlers = new Handlers();
  private final Application application = new Application(handlers);

  private void send(String name, Map<String, String> headers) {
    application.send(name, "x".getBytes(StandardCharsets.UTF_8), "text/plain", headers);
  }

  private void assertRefused(Runnable call, String... parts) {
    assertThatThrownBy(call::run)
        .isInstanceOfSatisfying(
            PharosException.class,
            e -> {
              assertThat(e.code()).isEqualTo(PharosException.Code.BAD_REQUEST);
              assertThat(e.detail()).contains(parts);
            });
    assertThat(handlers.got).isEmpty();
  }

  @Test
  void payloadIsTextBytesOrReadFromJson() {
    application.send("text", "grüße");
    application.send("text", "");
    application.send("point", "{\"x\":1,\"y\":2}");
    application.send("points", "[{\"x\":3},{\"y\":4}]");
    application.send("number", "7");

    assertThat(handlers.got).containsExactly("grüße", "", "1,2", "3,0", "0,4", 7);
  }

  @Test
  void bytesAreTheHandlersOwn() {
    byte[] sent = {1, 0, -1};
    application.send("bytes", sent, null, Map.of());

    assertThat(handlers.got).singleElement().isEqualTo(sent).isNotSameAs(sent);
  }

  @Test
  void bodyIsRequiredUnlessItIsSaidThatItIsNot() {
    application.send("optional", "");
    application.send("optional", "{}");
    assertThat(handlers.got).containsExactly("none", "some");
    handlers.got.clear();

    assertRefused(() -> application.send("point", ""), "must have a body");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{", "[]", "\"x\"", "{\"x\":\"a\"}", "nonsense"})
  void bodyThatIsNotTheJsonExpectedIsRefusedWithoutNamesOfClasses(String body) {
    assertRefused(() -> application.send("point", body), "the JSON that is expected here");
  }

  @Test
  void nullAndBytesThatAreNoTextAreRefused() {
    assertRefused(() -> application.send("point", "null"), "must not be null");
    byte[] bytes = {(byte) 0xff};
    assertRefused(() -> application.send("text", bytes, null, Map.of()), "UTF-8");
  }

  @Test
  void headersAreConvertedAndAllOfThemCanBeHad() {
    send("headers", Map.of("color", "GREEN", "other", "1"));

    assertThat(handlers.got)
        .containsExactly(
            Color.GREEN,
            "/app/headers",
            "text/plain",
            null,
            Map.of(
                "color",
                "GREEN",
                "other",
                "1",
                "destination",
                "/app/headers",
                "content-type",
                "text/plain"));
  }

  @Test
  void headerThatIsMissingOrNotOfItsTypeIsRefusedByName() {
    assertRefused(() -> send("count", Map.of()), "the header 'count' is required");
    assertRefused(() -> send("count", Map.of("count", "many")), "'count'", "a whole number");
    assertRefused(() -> send("flag", Map.of("flag", "yes")), "'flag'", "true or false");
    assertRefused(() -> send("headers", Map.of("color", "BLUE")), "'color'", "[RED, GREEN]");
  }

  @ParameterizedTest
  @CsvSource({"true, true", "false, false"})
  void flagsAreTrueOrFalse(String text, boolean value) {
    send("flag", Map.of("flag", text));

    assertThat(handlers.got).containsExactly(value);
  }

  @Test
  void variablesComeFromTheDestination() {
    application.send("room.blue.42/a.b", "");

    assertThat(handlers.got).containsExactly("blue", 42L, "a.b");
  }

  @Test
  void variableThatIsNotOfItsTypeIsRefusedByName() {
    assertRefused(() -> application.send("room.blue.x/a", ""), "'number'", "a whole number");
    assertRefused(() -> application.send("color/blue", ""), "'color'", "one of [RED, GREEN]");
  }

  @Test
  void senderSessionAndMessageAreFoundByTheirTypes() {
    application.send("who", "hi");

    assertThat(handlers.got).containsExactly("ann", "ann", "test", "/app/who", "hi");
  }

  @Test
  void attributesStayWithTheirSession() {
    var ann = TestSession.of("ann");
    var publication = Publication.text(io.pharos.message.Destination.of("/app/attributes"), "");
    application.send(ann, publication);
    application.send(TestSession.of("ann"), publication);
    application.send(ann, publication);

    assertThat(handlers.got).containsExactly(1, 1, 2);
  }
}
