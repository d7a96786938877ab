package io.pharos.stomp;

import static io.pharos.stomp.Version.V1_0;
import static io.pharos.stomp.Version.V1_1;
import static io.pharos.stomp.Version.V1_2;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FrameEncoderTest {

  private static String encode(Version version, Frame frame) {
    return new String(FrameEncoder.of(version).encode(frame).bytes(), UTF_8);
  }

  @Tag("stomp-6")
  @ParameterizedTest
  @EnumSource(Version.class)
  void frameThatMayHaveABodyCarriesItsLengthInOctets(Version version) {
    assertThat(encode(version, Frame.of(Command.MESSAGE).header("a", "b").body("ä\0").build()))
        .isEqualTo("MESSAGE\na:b\ncontent-length:3\n\nä\0\0");
    assertThat(encode(version, Frame.of(Command.ERROR).build()))
        .isEqualTo("ERROR\ncontent-length:0\n\n\0");
    assertThat(encode(version, Frame.of(Command.RECEIPT).header("receipt-id", "1").build()))
        .isEqualTo("RECEIPT\nreceipt-id:1\n\n\0");
  }

  @Tag("stomp-6")
  @Test
  void contentLengthGivenByTheCallerIsReplaced() {
    assertThat(
            encode(V1_2, Frame.of(Command.SEND).header("content-length", "9").body("ab").build()))
        .isEqualTo("SEND\ncontent-length:2\n\nab\0");
  }

  @Tag("stomp-12")
  @Test
  void namesAndValuesAreEscapedByVersion() {
    var frame = Frame.of(Command.SEND).header("a:\\\n", "b:\\\n").build();
    String escaped = "SEND\na\\c\\\\\\n:b\\c\\\\\\n\ncontent-length:0\n\n\0";

    assertThat(encode(V1_1, frame)).isEqualTo(escaped);
    assertThat(encode(V1_2, frame)).isEqualTo(escaped);
  }

  @Tag("stomp-12")
  @Test
  void carriageReturnIsEscapedInVersion12AndBelongsToTheValueInVersion11() {
    var frame = Frame.of(Command.RECEIPT).header("receipt-id", "a\r").build();

    assertThat(encode(V1_1, frame)).isEqualTo("RECEIPT\nreceipt-id:a\r\n\n\0");
    assertThat(encode(V1_2, frame)).isEqualTo("RECEIPT\nreceipt-id:a\\r\n\n\0");
  }

  @Tag("stomp-11")
  @Test
  void version10EscapesNothingAndDropsWhatItCannotExpress() {
    var frame =
        Frame.of(Command.RECEIPT)
            .header("a", "x:y\\c")
            .header("b", "x\nmessage:injected")
            .header("c", "x\ry")
            .header("d:e", "x")
            .header("f", "x\0y")
            .header("g", "")
            .build();

    assertThat(encode(V1_0, frame)).isEqualTo("RECEIPT\na:x:y\\c\ng:\n\n\0");
  }

  @Tag("stomp-10")
  @ParameterizedTest
  @EnumSource(Version.class)
  void connectAndConnectedAreNeverEscaped(Version version) {
    for (Command command : new Command[] {Command.CONNECT, Command.STOMP, Command.CONNECTED}) {
      var frame = Frame.of(command).header("passcode", "a:b\\c").header("login", "x\ny:z").build();

      assertThat(encode(version, frame)).isEqualTo(command + "\npasscode:a:b\\c\n\n\0");
    }
  }

  @Test
  void nulNeverStandsInAHeader() {
    var frame = Frame.of(Command.SEND).header("a", "x\0y").header("b\0", "z").build();

    assertThat(encode(V1_2, frame)).isEqualTo("SEND\ncontent-length:0\n\n\0");
  }

  @Tag("stomp-31")
  @Test
  void payloadIsTextWhereTheBodyIs() {
    var text = FrameEncoder.of(V1_2).encode(Frame.of(Command.SEND).body("grüß").build());

    assertThat(text.textOrNull()).isEqualTo("SEND\ncontent-length:6\n\ngrüß\0");
  }

  @Tag("stomp-31")
  @Test
  void payloadIsBinaryWhereTheBodyIsNotUtf8() {
    byte[] body = {(byte) 0xff, 0};

    var binary = FrameEncoder.of(V1_2).encode(Frame.of(Command.SEND).body(body).build());

    assertThat(binary.textOrNull()).isNull();
    assertThat(Reading.of(V1_2).feed(binary.bytes()).frame().body()).containsExactly(body);
  }
}
