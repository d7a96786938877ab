package io.pharos.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.pharos.it.chat.ChatHandlers;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.container.test.api.TargetsContainer;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The README's chat on two nodes. */
@Tag("cluster")
@ExtendWith(ArquillianExtension.class)
@RunAsClient
class ChatClusterIT {
  @Deployment(name = "charlie", testable = false)
  @TargetsContainer("itCharlie")
  static WebArchive charlie() {
    return PharosWar.atRoot().addPackage(ChatHandlers.class.getPackage());
  }

  @Deployment(name = "delta", testable = false)
  @TargetsContainer("itDelta")
  static WebArchive delta() {
    return PharosWar.atRoot().addPackage(ChatHandlers.class.getPackage());
  }

  @BeforeEach
  void allIsWell() {
    ClusterRedis.shared().repair();
    for (ClusterNode node : ClusterNode.values()) {
      node.awaitReady();
    }
  }

  @Test
  void aLineIsHeardOnBothNodes() throws Exception {
    try (StompClient ann =
            StompClient.connect(ClusterNode.CHARLIE.uri(), Token.of("ann").withoutRights());
        StompClient bob =
            StompClient.connect(ClusterNode.DELTA.uri(), Token.of("bob").withoutRights())) {
      ann.subscribe("c", "/topic/chat");
      bob.subscribe("c", "/topic/chat");

      bob.send(Frame.of("SEND", "destination", "/app/chat.sendMessage").body("{\"text\":\"hi\"}"));

      for (StompClient each : new StompClient[] {ann, bob}) {
        Json message = Json.parse(each.expect("MESSAGE").text());
        assertThat(message.text("sender")).isEqualTo("bob");
        assertThat(message.text("text")).isEqualTo("hi");
      }
    }
  }
}
