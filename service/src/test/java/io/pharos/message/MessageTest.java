package io.pharos.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MessageTest {
  private static final Destination TOPIC = Destination.of("/topic/a");

  private static Message message(Body body, Headers headers) {
    return new Message(
        new Position("e", 1), Instant.EPOCH, new Publication(TOPIC, body, null, headers, null));
  }

  /** Counts how often it is asked for. */
  private static final class Counting extends WireFormat<String> {
    private final String prefix;
    private int encoded;

    Counting(Slot slot, String prefix) {
      super(slot, String.class);
      this.prefix = prefix;
    }

    @Override
    protected String encode(Message message) {
      encoded++;
      return prefix + message.body().textOrNull();
    }
  }

  @Test
  void eachFormIsMadeOnceAndKeptApart() {
    var stream = new Counting(WireFormat.Slot.EVENT_STREAM, "sse:");
    var stomp = new Counting(WireFormat.Slot.STOMP_1_2, "stomp:");
    Message message = message(Body.of("x"), Headers.NONE);

    assertThat(message.as(stream)).isEqualTo("sse:x");
    assertThat(message.as(stomp)).isEqualTo("stomp:x");
    assertThat(message.as(stream)).isSameAs(message.as(stream));
    assertThat(stream.encoded).isEqualTo(1);
    assertThat(stomp.encoded).isEqualTo(1);
  }

  @Test
  void theWeightCountsBodyAndHeaders() {
    int light = message(Body.EMPTY, Headers.NONE).weight();

    assertThat(light).isPositive();
    assertThat(message(Body.wrap(new byte[1000]), Headers.NONE).weight()).isEqualTo(light + 1000);
    assertThat(message(Body.EMPTY, new Headers(Map.of("abc", "defg"))).weight())
        .isEqualTo(light + 7);
  }

  @Test
  void onlyWellFormedUtf8IsText() {
    assertThat(Body.of("grüße \ud83d\ude00").textOrNull()).isEqualTo("grüße \ud83d\ude00");
    assertThat(Body.EMPTY.textOrNull()).isEmpty();
    assertThat(Body.of("\u0000").isText()).isTrue();
    assertThat(Body.wrap(new byte[] {(byte) 0xff}).isText()).isFalse();
    assertThat(Body.wrap(new byte[] {(byte) 0xc0, (byte) 0x80}).isText()).isFalse();
    assertThat(Body.wrap(new byte[] {(byte) 0xed, (byte) 0xa0, (byte) 0x80}).isText()).isFalse();
  }

  @Test
  void bodiesAreEqualByContentAndSayNothingOfIt() {
    assertThat(Body.of("secret"))
        .isEqualTo(Body.wrap(new byte[] {'s', 'e', 'c', 'r', 'e', 't'}))
        .hasToString("6 bytes");
    assertThat(Body.wrap(new byte[0])).isSameAs(Body.EMPTY);
  }
}
