package io.pharos.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** What nodes say to each other, and what anybody else may put on their channels. */
class ControlMessageTest {

  @Property(tries = 200)
  void everyMessageIsReadAsItWasWritten(
      @ForAll String id,
      @ForAll String from,
      @ForAll int part,
      @ForAll boolean last,
      @ForAll @Size(max = 5) List<@Size(max = 5) List<String>> rows,
      @ForAll Question.Kind kind) {
    var reply = new ControlMessage.Reply(id, from, part, last, rows);
    assertThat(ControlMessage.decode(reply.encode())).isEqualTo(reply);
    var request = new ControlMessage.Request(id, from, new Question(kind, from));
    assertThat(ControlMessage.decode(request.encode())).isEqualTo(request);
  }

  @Property(tries = 500)
  void garbageIsNoFailure(@ForAll byte[] bytes, @ForAll byte type) {
    byte[] disguised = new byte[bytes.length + 2];
    System.arraycopy(bytes, 0, disguised, 2, bytes.length);
    disguised[0] = ControlMessage.VERSION;
    disguised[1] = (byte) (1 + (type & 1));
    for (byte[] each : List.of(bytes, disguised)) {
      ControlMessage message = ControlMessage.decode(each);
      if (message != null) {
        assertThat(ControlMessage.decode(message.encode())).isEqualTo(message);
      }
    }
  }

  @Test
  void aMessageThatIsCutOffOrHasMoreBehindItIsNone() {
    byte[] whole = new ControlMessage.Reply("id", "me", 0, true, List.of(List.of("x"))).encode();
    for (int length = 0; length < whole.length; length++) {
      assertThat(ControlMessage.decode(Arrays.copyOf(whole, length))).as("%d", length).isNull();
    }
    assertThat(ControlMessage.decode(Arrays.copyOf(whole, whole.length + 1))).isNull();
  }

  @Test
  void aNumberThatPromisesTooMuchIsNotBelieved() {
    byte[] whole = new ControlMessage.Reply("", "", 0, true, List.of()).encode();
    whole[whole.length - 4] = 0x7f;
    assertThat(ControlMessage.decode(whole)).isNull();
  }

  @Test
  void anotherVersionAndWhatIsTooLongAreNone() {
    byte[] whole = new ControlMessage.Request("1", "me", Question.connections()).encode();
    whole[0]++;
    assertThat(ControlMessage.decode(whole)).isNull();
    assertThat(ControlMessage.decode(new byte[ControlMessage.MAX_BYTES + 1])).isNull();
  }
}
