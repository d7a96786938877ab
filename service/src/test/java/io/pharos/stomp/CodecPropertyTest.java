package io.pharos.stomp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;

class CodecPropertyTest {
  private static final StompLimits SMALL = new StompLimits(8, 64, 256);
  private static final Arbitrary<String> TEXT =
      text("a", "Z", "0", " ", "/", "-", "ä", "€", "😀", ":", "\\", "\n", "\r");
  private static final Arbitrary<String> PLAIN_TEXT =
      text("a", "Z", "0", "/", "-", "ä", "€", "😀", ":", "\\");

  private static Arbitrary<String> text(String... characters) {
    return Arbitraries.of(characters).list().ofMaxSize(12).map(all -> String.join("", all));
  }

  @Provide
  Arbitrary<List<Frame>> frames() {
    var names = TEXT.filter(name -> !name.isEmpty());
    return frames(names, TEXT);
  }

  /** Frames that version 1.0 can express without change. */
  @Provide
  Arbitrary<List<Frame>> plainFrames() {
    var names = PLAIN_TEXT.map(name -> name.replace(":", "")).filter(name -> !name.isEmpty());
    return frames(names, PLAIN_TEXT);
  }

  private static Arbitrary<List<Frame>> frames(Arbitrary<String> names, Arbitrary<String> values) {
    var headers = Combinators.combine(names, values).as(HeaderLine::new).list().ofMaxSize(6);
    var commands = Arbitraries.of(Command.class).filter(Command::escapesHeaders);
    var bodies =
        Arbitraries.oneOf(
            TEXT.map(text -> text.getBytes(UTF_8)),
            Arbitraries.bytes().array(byte[].class).ofMaxSize(200));
    return Combinators.combine(commands, headers, bodies)
        .as(CodecPropertyTest::frame)
        .list()
        .ofMinSize(1)
        .ofMaxSize(4);
  }

  private static Frame frame(Command command, List<HeaderLine> headers, byte[] body) {
    var frame = Frame.of(command);
    headers.forEach(header -> frame.header(header.name(), header.value()));
    if (command.mayHaveBody()) {
      frame.header("content-length", Integer.toString(body.length)).body(body);
    }
    return frame.build();
  }

  @Property(tries = 500)
  void whatVersion10WritesItReadsHoweverTheStreamIsCut(
      @ForAll("plainFrames") List<Frame> frames, @ForAll Random random) {
    assertThat(roundTrip(Version.V1_0, frames, random)).isEqualTo(frames);
  }

  @Property(tries = 500)
  void whatVersion11WritesItReadsHoweverTheStreamIsCut(
      @ForAll("frames") List<Frame> frames, @ForAll Random random) {
    assertThat(roundTrip(Version.V1_1, frames, random)).isEqualTo(frames);
  }

  @Property(tries = 500)
  void whatVersion12WritesItReadsHoweverTheStreamIsCut(
      @ForAll("frames") List<Frame> frames, @ForAll Random random) {
    assertThat(roundTrip(Version.V1_2, frames, random)).isEqualTo(frames);
  }

  @Property(tries = 500)
  void noHeaderBecomesTwoInAnyVersion(
      @ForAll("frames") List<Frame> frames, @ForAll Version version, @ForAll Random random) {
    var read = roundTrip(version, frames, random);

    assertThat(read).hasSameSizeAs(frames);
    for (int i = 0; i < read.size(); i++) {
      assertThat(count(read.get(i))).isLessThanOrEqualTo(count(frames.get(i)));
    }
  }

  @Property(tries = 2000)
  void randomBytesFailOnlyAsStomp(
      @ForAll @Size(max = 600) byte[] input, @ForAll Version version, @ForAll Random random) {
    assertReadsOrFailsAsStomp(input, version, random);
  }

  @Property(tries = 3000)
  void damagedFramesFailOnlyAsStomp(
      @ForAll("frames") List<Frame> frames, @ForAll Version version, @ForAll Random random) {
    byte[] input = encode(version, frames);
    for (int i = random.nextInt(4); i >= 0; i--) {
      input = damage(input, random);
    }
    assertReadsOrFailsAsStomp(input, version, random);
  }

  /**
   * Reads one input twice, whole and in pieces: same frames, same failure, memory within bounds.
   */
  private static void assertReadsOrFailsAsStomp(byte[] input, Version version, Random random) {
    var whole = new Reading(SMALL);
    var cut = new Reading(SMALL);
    whole.decoder.negotiated(version);
    cut.decoder.negotiated(version);

    String failure = read(whole, List.of(input));
    String failureInPieces = read(cut, pieces(input, random));

    assertThat(cut.frames).isEqualTo(whole.frames);
    assertThat(cut.heartBeats).isEqualTo(whole.heartBeats);
    assertThat(failureInPieces).isEqualTo(failure);
  }

  private static String read(Reading reading, List<byte[]> pieces) {
    int bound = SMALL.headerBytes() + SMALL.bodyBytes() + 64;
    try {
      for (byte[] piece : pieces) {
        reading.feed(piece);
        assertThat(reading.decoder.retained()).isLessThanOrEqualTo(bound);
      }
      return "";
    } catch (StompException e) {
      assertThat(reading.decoder.retained()).isZero();
      return "failed, receipt " + e.receiptId();
    }
  }

  private static List<Frame> roundTrip(Version version, List<Frame> frames, Random random) {
    var reading = Reading.of(version);
    pieces(encode(version, frames), random).forEach(reading::feed);
    return reading.frames;
  }

  private static byte[] encode(Version version, List<Frame> frames) {
    var encoder = FrameEncoder.of(version);
    byte[] all = {};
    for (Frame frame : frames) {
      byte[] next = encoder.encode(frame).bytes();
      all = Arrays.copyOf(all, all.length + next.length);
      System.arraycopy(next, 0, all, all.length - next.length, next.length);
    }
    return all;
  }

  private static List<byte[]> pieces(byte[] input, Random random) {
    int most = 1 + random.nextInt(64);
    var pieces = new ArrayList<byte[]>();
    for (int from = 0; from < input.length; ) {
      int to = Math.min(input.length, from + 1 + random.nextInt(most));
      pieces.add(Arrays.copyOfRange(input, from, to));
      from = to;
    }
    return pieces;
  }

  private static byte[] damage(byte[] input, Random random) {
    int at = random.nextInt(input.length);
    byte[] telling = {0, '\n', '\r', ':', '\\', '0', '9', (byte) 0xff};
    byte[] changed = input.clone();
    switch (random.nextInt(4)) {
      case 0 -> changed[at] = telling[random.nextInt(telling.length)];
      case 1 -> changed[at] = (byte) random.nextInt();
      case 2 -> {
        int to = Math.min(input.length, at + 1 + random.nextInt(8));
        System.arraycopy(input, to, changed, at, input.length - to);
        changed = Arrays.copyOf(changed, Math.max(1, input.length - (to - at)));
      }
      default -> {
        changed = Arrays.copyOf(input, input.length + 1);
        System.arraycopy(input, at, changed, at + 1, input.length - at);
        changed[at] = telling[random.nextInt(telling.length)];
      }
    }
    return changed;
  }

  private static int count(Frame frame) {
    var count = new ArrayList<String>();
    frame.forEachHeader((name, value) -> count.add(name));
    return count.size();
  }
}
