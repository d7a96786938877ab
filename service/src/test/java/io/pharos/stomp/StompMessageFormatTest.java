package io.pharos.stomp;

import static io.pharos.stomp.Version.V1_0;
import static io.pharos.stomp.Version.V1_1;
import static io.pharos.stomp.Version.V1_2;
import static org.assertj.core.api.Assertions.assertThat;

import io.pharos.message.Body;
import io.pharos.message.Destination;
import io.pharos.message.Headers;
import io.pharos.message.Message;
import io.pharos.message.Position;
import io.pharos.message.Publication;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class StompMessageFormatTest {
  private static final Position POSITION = new Position("e1", 7);

  private static Message message(Publication publication) {
    return new Message(POSITION, Instant.ofEpochMilli(1234567890123L), publication);
  }

  @Tag("stomp-51")
  @Test
  void sharedPartHoldsEverythingButTheSubscription() {
    var headers = new Headers(Map.of("event", "a:b"));
    var publication =
        new Publication(
            Destination.of("/topic/a"), Body.of("{\"ä\":1}"), "application/json", headers, "key-1");

    var shared = message(publication).as(StompMessageFormat.of(V1_2)).rest();

    assertThat(shared.textOrNull())
        .isEqualTo(
            "destination:/topic/a\nmessage-id:e1-7\nposition:e1-7\ntimestamp:1234567890123\n"
                + "content-type:application/json\nevent:a\\cb\ncontent-length:8\n\n{\"ä\":1}\0");
  }

  @ParameterizedTest
  @EnumSource(Version.class)
  void beginningAndSharedPartMakeOneFrame(Version version) {
    var format = StompMessageFormat.of(version);
    var message = message(Publication.text(Destination.of("/topic/a"), "hello"));

    var reading = Reading.of(version);
    reading.feed(beginning(format, "sub-1")).feed(message.as(format).rest().bytes());

    assertThat(reading.frame().command()).isEqualTo(Command.MESSAGE);
    assertThat(reading.frame().header("subscription")).isEqualTo("sub-1");
    assertThat(reading.frame().header("destination")).isEqualTo("/topic/a");
    assertThat(reading.body()).isEqualTo("hello");
  }

  @Test
  void subscriptionIdIsEscapedByVersion() {
    assertThat(beginning(StompMessageFormat.of(V1_1), "a:b"))
        .isEqualTo("MESSAGE\nsubscription:a\\cb\n");
    assertThat(beginning(StompMessageFormat.of(V1_0), "a:b"))
        .isEqualTo("MESSAGE\nsubscription:a:b\n");
  }

  private static String beginning(StompMessageFormat format, String id) {
    var out = new StringBuilder();
    format.begin(out, id);
    return out.toString();
  }

  @Tag("stomp-52")
  @Test
  void destinationOfAUserIsNamedAsItsOwnerNamesIt() {
    var message = message(Publication.text(Destination.of("/user/ann/queue/mail"), "x"));

    var frame =
        Reading.of(V1_2)
            .feed("MESSAGE\n")
            .feed(message.as(StompMessageFormat.of(V1_2)).rest().bytes());

    assertThat(frame.frame().header("destination")).isEqualTo("/user/queue/mail");
  }

  @Tag("stomp-51")
  @Test
  void noContentTypeIsInvented() {
    var message = message(Publication.text(Destination.of("/topic/a"), "x"));

    assertThat(message.as(StompMessageFormat.of(V1_2)).rest().textOrNull())
        .doesNotContain("content-type");
  }

  @Test
  void bodyThatIsNotTextMakesTheSharedPartBinary() {
    byte[] body = {(byte) 0xfe, 0, 1};
    var message =
        message(
            new Publication(Destination.of("/topic/a"), Body.wrap(body), null, Headers.NONE, null));

    var shared = message.as(StompMessageFormat.of(V1_2)).rest();

    assertThat(shared.textOrNull()).isNull();
    assertThat(Reading.of(V1_2).feed("MESSAGE\n").feed(shared.bytes()).frame().body())
        .containsExactly(body);
  }

  @Test
  void formIsMadeOnceForEachVersion() {
    var message = message(Publication.text(Destination.of("/topic/a"), "x"));

    assertThat(message.as(StompMessageFormat.of(V1_2)))
        .isSameAs(message.as(StompMessageFormat.of(V1_2)))
        .isNotSameAs(message.as(StompMessageFormat.of(V1_1)));
  }
}
