package io.pharos.stomp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
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

  private static SharedMessage message(String body) {
    var format = StompMessageFormat.of(Version.V1_2);
    var message = new SharedMessage(format, Payload.text("content-length:1\n\n" + body + "\0"));
    assertThat(message.wholeOrNull("s")).isNull();
    return message;
  }

  @Test
  void framesThatLeaveTogetherAreTheSameTextForAllSubscriptionsOfThatId() throws IOException {
    var format = StompMessageFormat.of(Version.V1_2);
    List<SharedMessage> burst = List.of(message("1"), message("2"), message("3"));

    for (int i = 0; i < 2; i++) {
      for (SharedMessage message : burst) {
        batch.add(format, "s", message);
      }
      batch.finish();
    }
    // Others begin with the same one.
    batch.add(format, "s", burst.get(0));
    batch.add(format, "s", burst.get(2));
    batch.finish();
    batch.add(format, "s", burst.get(0));
    batch.add(format, "s", burst.get(2));
    batch.add(Payload.text("RECEIPT\nreceipt-id:1\n\n\0"));
    batch.finish();

    String one = "MESSAGE\nsubscription:s\ncontent-length:1\n\n1\0";
    String two = one.replace("\n1\0", "\n2\0");
    String three = one.replace("\n1\0", "\n3\0");
    assertThat(sent)
        .containsExactly(
            one + two + three,
            one + two + three,
            one + three,
            one + three + "RECEIPT\nreceipt-id:1\n\n\0");
    assertThat(sent.get(1)).isSameAs(sent.get(0));
  }

  @Test
  void aRunOfManyLongFramesIsNotKept() throws IOException {
    var format = StompMessageFormat.of(Version.V1_2);
    List<SharedMessage> burst =
        Stream.of("a", "b", "c", "d", "e").map(text -> message(text.repeat(4000))).toList();

    for (int i = 0; i < 2; i++) {
      for (SharedMessage message : burst) {
        batch.add(format, "s", message);
      }
      batch.finish();
    }

    assertThat(sent.get(1)).isEqualTo(sent.get(0)).isNotSameAs(sent.get(0));
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
