package io.pharos.stomp;

import static io.pharos.stomp.Version.V1_0;
import static io.pharos.stomp.Version.V1_1;
import static io.pharos.stomp.Version.V1_2;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.pharos.message.PharosException.Code;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class FrameDecoderTest {

  private static StompException failure(Reading reading, String input) {
    return catchThrowableOfType(StompException.class, () -> reading.feed(input));
  }

  @Tag("stomp-1")
  @ParameterizedTest
  @EnumSource(Version.class)
  void frameIsCommandHeadersEmptyLineBodyAndNul(Version version) {
    var reading = Reading.of(version).feed("SEND\ndestination:/topic/a\nx:y\n\nhello\0\n\n\n");

    assertThat(reading.frame())
        .isEqualTo(
            Frame.of(Command.SEND)
                .header("destination", "/topic/a")
                .header("x", "y")
                .body("hello")
                .build());
    assertThat(reading.heartBeats).isEqualTo(3);
  }

  @Tag("stomp-1")
  @Test
  void lineEndsBehindAFrameAreSkippedBeforeTheNextOne() {
    var reading = Reading.of(V1_2).feed("BEGIN\ntransaction:1\n\n\0\n\r\n\nABORT\n\n\0");

    assertThat(reading.frames)
        .extracting(Frame::command)
        .containsExactly(Command.BEGIN, Command.ABORT);
  }

  @Tag("stomp-2")
  @ParameterizedTest
  @ValueSource(strings = {"send", "Send", "SENDX", "SEN", "GET / HTTP/1.1", " SEND", "SEND "})
  void commandIsCaseSensitiveAndKnown(String command) {
    assertThat(failure(Reading.of(V1_2), command + "\n\n\0"))
        .hasMessageStartingWith("unknown command")
        .extracting(StompException::code)
        .isEqualTo(Code.BAD_REQUEST);
  }

  @Test
  void unknownCommandIsNamedWherePeopleCanReadIt() {
    assertThat(failure(Reading.of(V1_2), "PUBLISH\n")).hasMessage("unknown command 'PUBLISH'");
    assertThat(failure(Reading.of(V1_2), "\u001b[31m\n")).hasMessage("unknown command");
  }

  @Test
  void inputWithoutLineEndFailsAsSoonAsItIsLongerThanAnyCommand() {
    assertThat(failure(Reading.of(V1_2), "x".repeat(13))).hasMessage("unknown command");
  }

  @Tag("stomp-2")
  @Test
  void headerNamesAreCaseSensitive() {
    var frame = Reading.of(V1_2).feed("SEND\nDestination:/a\n\n\0").frame();

    assertThat(frame.header("destination")).isNull();
    assertThat(frame.header("Destination")).isEqualTo("/a");
  }

  @Tag("stomp-2")
  @Test
  void headersAreUtf8() {
    var frame = Reading.of(V1_2).feed("SEND\nnäme:grüß 😀\n\n\0").frame();

    assertThat(frame.header("näme")).isEqualTo("grüß 😀");
  }

  @Tag("stomp-3")
  @Test
  void carriageReturnBeforeLineFeedIsStrippedInVersion12() {
    var reading = Reading.of(V1_2).feed("SEND\r\ndestination:/a\r\nx:\r\n\r\nbody\r\n\0\r\n");

    assertThat(reading.frame().header("destination")).isEqualTo("/a");
    assertThat(reading.frame().header("x")).isEmpty();
    assertThat(reading.body()).isEqualTo("body\r\n");
  }

  @Tag("stomp-3")
  @ParameterizedTest
  @EnumSource(
      value = Version.class,
      names = {"V1_0", "V1_1"})
  void carriageReturnBelongsToTheValueBeforeVersion12(Version version) {
    assertThat(Reading.of(version).feed("SEND\nx:y\r\n\n\0").frame().header("x")).isEqualTo("y\r");
    assertThat(failure(Reading.of(version), "SEND\r\n"))
        .hasMessage("unknown command: before STOMP 1.2, lines end with a line feed alone");
    assertThat(failure(Reading.of(version), "SEND\nx:y\n\r\n\0"))
        .hasMessage("header line has no colon");
  }

  @Tag("stomp-3")
  @Test
  void carriageReturnWithinAHeaderIsRefusedInVersion12() {
    assertThat(failure(Reading.of(V1_2), "SEND\nx:a\rb\n\n\0"))
        .hasMessageContaining("carriage return");
  }

  @Tag("stomp-3")
  @Test
  void connectMayEndItsLinesEitherWay() {
    var expected = Frame.of(Command.CONNECT).header("accept-version", "1.2").build();

    assertThat(Reading.connecting().feed("CONNECT\naccept-version:1.2\n\n\0").frame())
        .isEqualTo(expected);
    assertThat(Reading.connecting().feed("CONNECT\r\naccept-version:1.2\r\n\r\n\0").frame())
        .isEqualTo(expected);
  }

  @Tag("stomp-4")
  @Test
  void contentLengthTakesNulsIntoTheBody() {
    assertThat(Reading.of(V1_1).feed("SEND\ncontent-length:5\n\na\0b\0c\0").body())
        .isEqualTo("a\0b\0c");
  }

  @Tag("stomp-4")
  @ParameterizedTest
  @ValueSource(strings = {"SEND\ncontent-length:3\n\nabcd\0", "SEND\ncontent-length:0\n\na\0"})
  void bodyMustEndWithNulWhereContentLengthSays(String input) {
    assertThat(failure(Reading.of(V1_2), input)).hasMessageContaining("content-length");
  }

  @Tag("stomp-5")
  @Test
  void withoutContentLengthTheBodyEndsAtTheFirstNul() {
    var reading = Reading.of(V1_2).feed("SEND\n\nabc\0SEND\n\ndef\0");

    assertThat(reading.frames)
        .extracting(frame -> new String(frame.body(), UTF_8))
        .containsExactly("abc", "def");
  }

  @Tag("stomp-7")
  @Test
  void contentLengthCountsOctetsNotCharacters() {
    assertThat(Reading.of(V1_2).feed("SEND\ncontent-length:9\n\näöü€\0").body()).isEqualTo("äöü€");
    assertThat(failure(Reading.of(V1_2), "SEND\ncontent-length:4\n\näöü€\0"))
        .isInstanceOf(StompException.class);
  }

  @Tag("stomp-7")
  @ParameterizedTest
  @ValueSource(strings = {"-1", "+1", "a", "", "1.0", "0x1", "1 ", "١"})
  void contentLengthThatIsNoNumberIsRefused(String value) {
    assertThat(failure(Reading.of(V1_2), "SEND\ncontent-length:" + value + "\n\na\0"))
        .hasMessage("content-length is not a number of bytes");
  }

  @Tag("stomp-7")
  @Test
  void contentLengthGivenTwiceDifferentlyIsRefused() {
    String twice = "SEND\ncontent-length:1\ncontent-length:%s\n\na\0";

    assertThat(failure(Reading.of(V1_2), twice.formatted("2")))
        .hasMessage("content-length is given twice");
    assertThat(Reading.of(V1_2).feed(twice.formatted("1")).body()).isEqualTo("a");
  }

  @Tag("stomp-7")
  @ParameterizedTest
  @ValueSource(strings = {"65537", "2147483648", "999999999999999999", "99999999999999999999999"})
  void contentLengthOverTheLimitIsRefusedBeforeAnythingIsAllocated(String value) {
    var reading = Reading.of(V1_2);

    var failure = failure(reading, "SEND\nreceipt:r1\ncontent-length:" + value + "\n\n");

    assertThat(failure).hasMessage("body is longer than 65536 bytes");
    assertThat(failure.code()).isEqualTo(Code.TOO_LARGE);
    assertThat(failure.receiptId()).isEqualTo("r1");
    assertThat(reading.decoder.retained()).isZero();
  }

  @Test
  void memoryGrowsWithWhatArrivesNotWithWhatWasAnnounced() {
    var reading = Reading.of(V1_2).feed("SEND\ncontent-length:65536\n\n").feed("0123456789");

    assertThat(reading.decoder.retained()).isLessThanOrEqualTo(256);
  }

  @Test
  void nothingIsHeldBetweenFrames() {
    var reading = Reading.of(V1_2).feedByteByByte("SEND\nx:y\n\nbody\0\n");

    assertThat(reading.body()).isEqualTo("body");
    assertThat(reading.decoder.retained()).isZero();
  }

  @Tag("stomp-8")
  @ParameterizedTest
  @ValueSource(strings = {"SUBSCRIBE\nid:1\n\nbody\0", "SUBSCRIBE\ncontent-length:4\n\nbody\0"})
  void bodyWhereNoneIsAllowedIsSkippedInVersion10AndRefusedLater(String input) {
    assertThat(Reading.of(V1_0).feed(input).frame().body()).isEmpty();
    assertThat(Reading.connecting().feed(input).frame().body()).isEmpty();
    assertThat(failure(Reading.of(V1_1), input)).hasMessage("SUBSCRIBE must not have a body");
    assertThat(failure(Reading.of(V1_2), input)).hasMessage("SUBSCRIBE must not have a body");
  }

  @Tag("stomp-8")
  @ParameterizedTest
  @ValueSource(strings = {"SUBSCRIBE\nid:1\n\n\n\0", "SUBSCRIBE\nid:1\n\n\r\n\n\0"})
  void lineEndsAreNoBody(String input) {
    assertThat(Reading.of(V1_1).feed(input).frame().body()).isEmpty();
    assertThat(Reading.of(V1_2).feed(input).frame().body()).isEmpty();
  }

  @Tag("stomp-9")
  @Test
  void escapesOfVersion11AreUndone() {
    var frame = Reading.of(V1_1).feed("SEND\na\\cb\\n:c\\\\n\\c\\n:d\n\n\0").frame();

    assertThat(frame.header("a:b\n")).isEqualTo("c\\n:\n:d");
  }

  @Tag("stomp-9")
  @Test
  void escapesOfVersion12AreUndone() {
    var frame = Reading.of(V1_2).feed("SEND\na\\r:\\r\\n\\c\\\\r\n\n\0").frame();

    assertThat(frame.header("a\r")).isEqualTo("\r\n:\\r");
  }

  @Tag("stomp-9")
  @ParameterizedTest
  @ValueSource(strings = {"\\t", "\\x", "\\", "a\\", "\\N", "\\ "})
  void anyOtherEscapeIsRefused(String value) {
    for (Version version : List.of(V1_1, V1_2)) {
      assertThat(failure(Reading.of(version), "SEND\nreceipt:7\nx:" + value + "\n\n\0"))
          .hasMessageContaining("escape that is not allowed")
          .extracting(StompException::receiptId)
          .isEqualTo("7");
    }
    assertThat(failure(Reading.of(V1_1), "SEND\nx:\\r\n\n\0"))
        .hasMessageContaining("escape that is not allowed");
  }

  @Tag("stomp-10")
  @ParameterizedTest
  @EnumSource(Version.class)
  void connectIsNeverUnescapedAndSplitAtItsFirstColonOnly(Version version) {
    String connect = "CONNECT\naccept-version:1.2\npasscode:a:b\\c\\x\\\n\n\0";

    assertThat(Reading.connecting().feed(connect).frame().header("passcode"))
        .isEqualTo("a:b\\c\\x\\");
    assertThat(Reading.of(version).feed(connect).frame().header("passcode"))
        .isEqualTo("a:b\\c\\x\\");
  }

  @Tag("stomp-10")
  @Test
  void connectedIsNeverUnescaped() {
    var frame = Reading.connecting().feed("CONNECTED\nversion:1.2\nserver:a\\c:b\n\n\0").frame();

    assertThat(frame.header("server")).isEqualTo("a\\c:b");
  }

  @Tag("stomp-11")
  @Test
  void version10HasNoEscapesAndItsValuesMayHoldColons() {
    var frame = Reading.of(V1_0).feed("SEND\nx:a:b\\c\\\n\n\0").frame();

    assertThat(frame.header("x")).isEqualTo("a:b\\c\\");
  }

  @ParameterizedTest
  @EnumSource(
      value = Version.class,
      names = {"V1_1", "V1_2"})
  void unescapedColonsInAValueAreTakenAsTheyAre(Version version) {
    assertThat(Reading.of(version).feed("SEND\nx:http://a:1\n\n\0").frame().header("x"))
        .isEqualTo("http://a:1");
  }

  @Tag("stomp-13")
  @Test
  void paddingIsTrimmedInVersion10Only() {
    String input = "SEND\nx:  y \n\n\0";

    assertThat(Reading.of(V1_0).feed(input).frame().header("x")).isEqualTo("y ");
    assertThat(Reading.of(V1_1).feed(input).frame().header("x")).isEqualTo("  y ");
    assertThat(Reading.of(V1_2).feed(input).frame().header("x")).isEqualTo("  y ");
  }

  @Tag("stomp-13")
  @Test
  void paddingOfConnectIsTrimmedWhenItNamesNoVersion() {
    assertThat(Reading.connecting().feed("CONNECT\nlogin: me\n\n\0").frame().header("login"))
        .isEqualTo("me");
    assertThat(
            Reading.connecting()
                .feed("CONNECT\nlogin: me\naccept-version:1.1\n\n\0")
                .frame()
                .header("login"))
        .isEqualTo(" me");
    assertThat(Reading.connecting().feed("CONNECTED\nsession: 1\n\n\0").frame().header("session"))
        .isEqualTo("1");
  }

  @Tag("stomp-14")
  @Test
  void ofARepeatedHeaderTheFirstOneCounts() {
    var frame = Reading.of(V1_2).feed("SEND\ndestination:/a\ndestination:/b\n\n\0").frame();

    assertThat(frame.header("destination")).isEqualTo("/a");
  }

  @Tag("stomp-15")
  @ParameterizedTest
  @EnumSource(Version.class)
  void valueMayBeEmpty(Version version) {
    assertThat(Reading.of(version).feed("SEND\nx:\n\n\0").frame().header("x")).isEmpty();
  }

  @Tag("stomp-15")
  @ParameterizedTest
  @EnumSource(Version.class)
  void headerWithoutNameOrColonIsRefused(Version version) {
    assertThat(failure(Reading.of(version), "SEND\n:x\n\n\0")).hasMessage("header has no name");
    assertThat(failure(Reading.of(version), "SEND\nx\n\n\0"))
        .hasMessage("header line has no colon");
  }

  @Test
  void frameWithoutItsEmptyLineFailsAtItsNul() {
    assertThat(failure(Reading.of(V1_2), "SEND\nreceipt:9\ndestination:/a\0"))
        .hasMessageContaining("empty line is missing")
        .extracting(StompException::receiptId)
        .isEqualTo("9");
    assertThat(failure(Reading.of(V1_2), "SEND\0")).hasMessageContaining("empty line is missing");
    assertThat(failure(Reading.of(V1_2), "SEND\nx:y\0SEND\nx:y\n\n\0"))
        .hasMessageContaining("empty line is missing");
  }

  @Tag("stomp-16")
  @Test
  void numberOfHeadersIsLimited() {
    var reading = new Reading(new StompLimits(2, 100, 100));

    reading.feed("SEND\na:1\nb:2\n\n\0");

    assertThat(failure(reading, "SEND\na:1\nb:2\nc:3\n"))
        .hasMessage("frame has more than 2 headers")
        .extracting(StompException::code)
        .isEqualTo(Code.TOO_LARGE);
  }

  @Tag("stomp-16")
  @Test
  void lengthOfAHeaderIsLimitedInBytes() {
    var limits = new StompLimits(10, 8, 100);
    var reading = new Reading(limits);
    reading.decoder.negotiated(V1_2);

    assertThat(reading.feed("SEND\nx:abcdef\r\n\n\0").frame().header("x")).isEqualTo("abcdef");
    assertThat(failure(new Reading(limits), "SEND\nx:abcdefg\n\n\0"))
        .hasMessage("header is longer than 8 bytes")
        .extracting(StompException::code)
        .isEqualTo(Code.TOO_LARGE);
    assertThat(failure(new Reading(limits), "SEND\nx:äöüx\n\n\0"))
        .isInstanceOf(StompException.class);
    assertThat(failure(new Reading(limits), "SEND\nx:abcdefgh")).isInstanceOf(StompException.class);
  }

  @Tag("stomp-16")
  @Test
  void lengthOfABodyIsLimitedInBytes() {
    var limits = new StompLimits(10, 100, 4);

    assertThat(new Reading(limits).feed("SEND\n\nabcd\0").body()).isEqualTo("abcd");
    assertThat(failure(new Reading(limits), "SEND\n\nabcde"))
        .hasMessage("body is longer than 4 bytes")
        .extracting(StompException::code)
        .isEqualTo(Code.TOO_LARGE);
    assertThatThrownBy(() -> new Reading(limits).feedByteByByte("SEND\n\nabcde"))
        .hasMessage("body is longer than 4 bytes");
  }

  @Tag("stomp-17")
  @Test
  void lineEndsBetweenFramesAreHeartBeats() {
    var reading = Reading.of(V1_2).feed("\n").feed("\r\n").feed("\r").feed("\n");

    assertThat(reading.heartBeats).isEqualTo(3);
    assertThat(reading.frames).isEmpty();
  }

  @Tag("stomp-18")
  @Test
  void strayNulsBetweenFramesAreSkipped() {
    assertThat(Reading.of(V1_2).feed("\0\0SEND\n\nx\0\0\0\n\0").body()).isEqualTo("x");
  }

  @Tag("stomp-19")
  @Test
  void headerThatIsNotUtf8IsRefused() {
    byte[] cut = "SEND\nx:\u00e4\n\n\0".getBytes(UTF_8);
    cut[8] = '\n';
    var reading = Reading.of(V1_2);

    assertThatThrownBy(() -> reading.feed(cut)).hasMessage("header is not well-formed UTF-8");
  }

  @Tag("stomp-19")
  @Test
  void bodyIsOpaque() {
    byte[] body = {(byte) 0xff, (byte) 0xc3, 0, 10};
    byte[] head = "SEND\ncontent-length:4\n\n".getBytes(UTF_8);
    var input = ByteBuffer.allocateDirect(head.length + 5).put(head).put(body).put((byte) 0).flip();
    var reading = Reading.of(V1_2);

    reading.decoder.feed(input, reading);

    assertThat(reading.frame().body()).containsExactly(body);
    assertThat(input.hasRemaining()).isFalse();
  }

  @Tag("stomp-20")
  @Test
  void neitherOneFrameInManyChunksNorManyInOneMatter() {
    String stream =
        String.join(
            "\0",
            "SEND\r\ndestination:/a\r\n\r\nx",
            "\nSEND\ncontent-length:3\nk:ä\\c\n\na",
            "b",
            "DISCONNECT\n\n",
            "");

    assertThat(Reading.of(V1_2).feedByteByByte(stream).frames)
        .hasSize(3)
        .isEqualTo(Reading.of(V1_2).feed(stream).frames);
  }

  @Test
  void handlerMaySetTheVersionForTheRestOfTheChunk() {
    var decoder = new FrameDecoder(StompLimits.DEFAULT);
    var frames = new ArrayList<Frame>();
    byte[] input = "STOMP\naccept-version:1.1\n\n\0SEND\nx:\\c\r\n\n\0".getBytes(UTF_8);

    decoder.feed(
        ByteBuffer.wrap(input),
        frame -> {
          frames.add(frame);
          decoder.negotiated(V1_1);
        });

    assertThat(frames.getLast().header("x")).isEqualTo(":\r");
  }

  @Test
  void framesBeforeABrokenOneAreReadAndNothingBehindIt() {
    var reading = Reading.of(V1_2);

    var failure = failure(reading, "SEND\n\na\0NONSENSE\n\n\0SEND\n\nb\0");

    assertThat(reading.body()).isEqualTo("a");
    assertThatThrownBy(() -> reading.feed("SEND\n\nc\0")).isSameAs(failure);
    assertThat(reading.frames).hasSize(1);
  }
}
