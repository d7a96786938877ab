package io.pharos.stomp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class MessageBatchTest {
  private final List<Object> sent = new ArrayList<>();
  private final MessageBatch batch =
      new MessageBatch(
          new StompTransport() {
            @Override
            public void sendText(String text) {
              sent.add(text);
            }

            @Override
            public void sendBinary(byte[] bytes) {
              sent.add(bytes);
            }

            @Override
            public void close(CloseCode code) {}
          },
          List.of());

  @Test
  void textFramesLeaveAsOneMessage() throws IOException {
    var format = StompMessageFormat.of(Version.V1_2);

    batch.add(Payload.text("RECEIPT\nreceipt-id:1\n\n\0"));
    batch.add(format, "s", new SharedMessage(format, Payload.text("content-length:1\n\nx\0")));
    batch.finish();

    assertThat(sent)
        .containsExactly(
            "RECEIPT\nreceipt-id:1\n\n\0MESSAGE\nsubscription:s\ncontent-length:1\n\nx\0");
  }

  @Test
  void frameOfAMessageIsTheSameTextForAllSubscriptionsOfThatId() throws IOException {
    var format = StompMessageFormat.of(Version.V1_2);
    var message = new SharedMessage(format, Payload.text("content-length:1\n\nx\0"));

    for (String id : List.of("s", "s", "other", "s")) {
      batch.add(format, id, message);
      batch.finish();
    }

    assertThat(sent)
        .containsExactly(
            "MESSAGE\nsubscription:s\ncontent-length:1\n\nx\0",
            "MESSAGE\nsubscription:s\ncontent-length:1\n\nx\0",
            "MESSAGE\nsubscription:other\ncontent-length:1\n\nx\0",
            "MESSAGE\nsubscription:s\ncontent-length:1\n\nx\0");
    assertThat(sent.get(3)).isSameAs(sent.get(1));
  }

  @Test
  void longMessageIsNotKeptTwice() {
    var format = StompMessageFormat.of(Version.V1_2);

    var longer = new SharedMessage(format, Payload.text("x".repeat(4097)));
    var longest = new SharedMessage(format, Payload.text("x".repeat(4096)));

    assertThat(longer.wholeOrNull("s")).isNull();
    assertThat(longest.wholeOrNull("s")).isNull();
    assertThat(longer.wholeOrNull("s")).isNull();
    assertThat(longest.wholeOrNull("s")).isNotNull();
  }

  @Test
  void binaryFramesAreMessagesOfTheirOwnAndKeepTheirPlace() throws IOException {
    var format = StompMessageFormat.of(Version.V1_2);

    batch.add(Payload.text("1"));
    batch.add(
        format, "s", new SharedMessage(format, Payload.binary(new byte[] {'\n', (byte) 0xff, 0})));
    batch.add(Payload.binary(new byte[] {2}));
    batch.add(Payload.text("3"));
    batch.finish();

    assertThat(sent).hasSize(4);
    assertThat(sent.get(0)).isEqualTo("1");
    assertThat(Reading.of(Version.V1_2).feed((byte[]) sent.get(1)).frame().body())
        .containsExactly(0xff);
    assertThat(sent.get(2)).isEqualTo(new byte[] {2});
    assertThat(sent.get(3)).isEqualTo("3");
  }

  @Tag("stomp-34")
  @Test
  void writeOfNothingIsAHeartBeat() throws IOException {
    batch.finish();

    assertThat(sent).containsExactly("\n");
  }
}
