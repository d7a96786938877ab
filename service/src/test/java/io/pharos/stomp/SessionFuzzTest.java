package io.pharos.stomp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.logging.Level;
import java.util.logging.Logger;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

class SessionFuzzTest {
  /** Each refusal is a line in the log: here there are hundreds. */
  private static final Logger LOG = Logger.getLogger(StompSession.class.getName());

  @BeforeContainer
  static void silence() {
    LOG.setLevel(Level.WARNING);
  }

  @AfterContainer
  static void unsilence() {
    LOG.setLevel(null);
  }

  @Provide
  Arbitrary<List<String>> conversations() {
    return Arbitraries.of(
            "SUBSCRIBE\nid:1\ndestination:/topic/**\nreceipt:1\n\n\0",
            "SUBSCRIBE\nid:2\ndestination:/topic/public/a\nlast-event-id:e-1\n\n\0",
            "SEND\ndestination:/topic/public/a\nreceipt:2\nx:a\\cb\n\nhello\0",
            "SEND\ndestination:/topic/public/a\ncontent-length:3\n\na\0b\0",
            "UNSUBSCRIBE\nid:1\nreceipt:3\n\n\0",
            "DISCONNECT\nreceipt:4\n\n\0",
            "\n",
            "\r\n")
        .list()
        .ofMaxSize(8);
  }

  /** Whatever comes: an ERROR is last, the transport is closed behind it, and others live on. */
  @Property(tries = 1000)
  void everyConversationEndsCleanly(
      @ForAll("conversations") List<String> frames, @ForAll Random random) {
    var bench = new Bench();
    var other = bench.connected(Version.V1_2).send("SUBSCRIBE\nid:1\ndestination:/topic/z\n\n\0");
    var client = bench.client().send("CONNECT\naccept-version:1.2\npasscode:ann\n\n\0");

    for (String frame : frames) {
      client.send(random.nextInt(4) == 0 ? damaged(frame, random) : frame);
    }

    long errors = client.frames.stream().filter(f -> f.command() == Command.ERROR).count();
    assertThat(errors).isLessThanOrEqualTo(1);
    if (errors == 1) {
      assertThat(client.frames.getLast().command()).isEqualTo(Command.ERROR);
      assertThat(client.frames.getLast().header("pharos-error")).isNotEqualTo("SERVER_ERROR");
      assertThat(client.closed).isNotNull();
    }
    client.session.disconnected();
    assertThat(bench.hub.subscriptions()).isEqualTo(1);
    bench.publish("/topic/z", "alive");
    other.takeMessage("alive");
  }

  private static String damaged(String frame, Random random) {
    var text = new StringBuilder(frame);
    int at = random.nextInt(frame.length());
    switch (random.nextInt(3)) {
      case 0 -> text.deleteCharAt(at);
      case 1 -> text.insert(at, "\0\n\r:\\é9*/".charAt(random.nextInt(9)));
      default -> text.setCharAt(at, (char) random.nextInt(256));
    }
    return text.toString();
  }
}
