package io.pharos.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.pharos.it.chat.ChatHandlers;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.container.test.api.TargetsContainer;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The README's chat on one node. */
@ExtendWith(ArquillianExtension.class)
@RunAsClient
class ChatIT {
  @Deployment(name = "alpha", testable = false)
  @TargetsContainer("itAlpha")
  static WebArchive alpha() {
    return PharosWar.atRoot().addPackage(ChatHandlers.class.getPackage());
  }

  private static StompClient client(String user) throws Exception {
    return StompClient.connect(Node.ALPHA.uri(), Token.of(user).withoutRights());
  }

  @Test
  void everyoneGetsALineWithItsSenderAndTime() throws Exception {
    try (StompClient ann = client("ann");
        StompClient bob = client("bob")) {
      ann.subscribe("c", "/topic/chat");
      bob.subscribe("c", "/topic/chat");

      ann.send(Frame.of("SEND", "destination", "/app/chat.sendMessage").body("{\"text\":\"hi\"}"));

      for (StompClient each : new StompClient[] {ann, bob}) {
        Frame frame = each.expect("MESSAGE");
        Json message = Json.parse(frame.text());
        assertThat(message.text("sender")).isEqualTo("ann");
        assertThat(message.text("text")).isEqualTo("hi");
        assertThat(Instant.parse(message.text("time"))).isBefore(Instant.now().plusSeconds(60));
        assertThat(frame.header("content-type")).isEqualTo("application/json");
      }
    }
  }

  @Test
  void whisperReachesItsUserAndAnInvalidLineItsSenderAlone() throws Exception {
    try (StompClient ann = client("ann");
        StompClient bob = client("bob")) {
      bob.subscribe("w", "/user/queue/whispers");
      ann.subscribe("e", "/user/queue/errors");

      ann.send(Frame.of("SEND", "destination", "/app/chat.whisper.bob").body("psst"));
      ann.send(Frame.of("SEND", "destination", "/app/chat.sendMessage").body("{\"text\":\" \"}"));

      assertThat(bob.expect("MESSAGE").text()).isEqualTo("ann: psst");
      assertThat(ann.expect("MESSAGE").text()).isEqualTo("A line has 1 to 500 characters");
    }
  }

  @Test
  void subscriptionIsAnswered() throws Exception {
    try (StompClient ann = client("ann")) {
      ann.subscribe("w", "/app/chat.welcome");

      assertThat(ann.expect("MESSAGE").text()).isEqualTo("Welcome, ann");
    }
  }

  /** With a client that nobody wrote for Pharos, unmodified. */
  @Test
  void stockClientsChat() throws Exception {
    NodeJs node = NodeJs.install();
    try (Program ann = chat(node, "ann");
        Program bob = chat(node, "bob")) {
      await(ann, "/app/chat.welcome Welcome, ann");
      await(bob, "/app/chat.welcome Welcome, bob");

      say(ann, "hello \"bob\"");
      for (Program each : List.of(ann, bob)) {
        Json line = Json.parse(await(each, "/topic/chat ").substring("/topic/chat ".length()));
        assertThat(line.text("sender")).isEqualTo("ann");
        assertThat(line.text("text")).isEqualTo("hello \"bob\"");
      }
      say(bob, "@ann psst");
      await(ann, "/user/queue/whispers bob: psst");
      say(bob, "x".repeat(501));
      await(bob, "/user/queue/errors A line has 1 to 500 characters");

      ann.in().close();
      bob.in().close();
      assertThat(ann.exit(Duration.ofMinutes(1))).isZero();
      assertThat(bob.exit(Duration.ofMinutes(1))).isZero();
      assertThat(ann.err() + bob.err()).doesNotContain("ERROR");
      assertThat(bob.out()).doesNotContain("psst");
      assertThat(ann.out()).doesNotContain("errors");
    }
  }

  private static Program chat(NodeJs node, String user) throws IOException {
    return node.run(
        "chat.mjs",
        Map.of(
            "PHAROS_URL",
            Node.ALPHA.uri().toString(),
            "PHAROS_TOKEN",
            Token.of(user).withoutRights().sign()));
  }

  private static void say(Program client, String line) throws IOException {
    client.in().write((line + "\n").getBytes(StandardCharsets.UTF_8));
    client.in().flush();
  }

  /** The first line that begins like this, once it is there. */
  private static String await(Program client, String beginning) {
    Await.until(
        () -> beginning + " in " + client.out() + client.err(),
        Duration.ofMinutes(1),
        () -> client.lines().stream().anyMatch(line -> line.startsWith(beginning)));
    return client.lines().stream()
        .filter(line -> line.startsWith(beginning))
        .findFirst()
        .orElseThrow();
  }

  /** The README shows the files of this chat, from their imports on. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "java/io/pharos/it/chat/ChatHandlers.java",
        "java/io/pharos/it/chat/ChatLine.java",
        "java/io/pharos/it/chat/ChatMessage.java",
        "node/chat.mjs"
      })
  void tutorialIsWhatIsTestedHere(String file) throws IOException {
    String text = Files.readString(Path.of("src/test", file));

    assertThat(Files.readString(Path.of(Node.property("test.readme"))))
        .contains("\n" + text.replaceFirst("package .*;\n\n", "") + "```\n");
  }
}
