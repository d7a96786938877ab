package io.pharos.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.pharos.it.chat.ChatHandlers;
import java.time.Instant;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.container.test.api.TargetsContainer;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

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
}
