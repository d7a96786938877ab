package io.pharos.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.pharos.it.handlers.OddHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.container.test.api.TargetsContainer;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What an application's handlers and observers can rely on, on a real server. */
@ExtendWith(ArquillianExtension.class)
@RunAsClient
class HandlersIT {
  private final String user = "u" + UUID.randomUUID();

  @Deployment(name = "alpha", testable = false)
  @TargetsContainer("itAlpha")
  static WebArchive alpha() {
    return PharosWar.atRoot().addPackage(OddHandlers.class.getPackage());
  }

  private static StompClient client(String name) throws Exception {
    return StompClient.connect(Node.ALPHA.uri(), Token.of(name));
  }

  private static String ask(StompClient client, String destination) throws Exception {
    client.send(Frame.of("SEND", "destination", destination));
    return client.expect("MESSAGE").text();
  }

  @Test
  void handlerIsAPartOfTheApplicationWithARequestOfItsOwn() throws Exception {
    try (StompClient ann = client("ann")) {
      ann.subscribe("o", "/user/queue/odd");

      assertThat(ask(ann, "/app/odd.count")).isEqualTo("2");
      assertThat(ask(ann, "/app/odd.count")).isEqualTo("2");
      assertThat(ask(ann, "/app/odd.hidden")).isEqualTo("1");
      assertThat(ask(ann, "/app/odd.lookup")).isEqualTo("found");
      assertThat(ask(ann, "/app/odd.loader")).isEqualTo("OddHandlers");
    }
  }

  @Test
  void beanWithoutAScopeLivesForOneCall() throws Exception {
    try (StompClient ann = client("ann")) {
      ann.subscribe("b", "/topic/brief");

      assertThat(ask(ann, "/app/brief")).isEqualTo("called");
      assertThat(ann.expect("MESSAGE").text()).isEqualTo("destroyed");
    }
  }

  @Test
  void failureOfAHandlerTellsNothingOfItsInside() throws Exception {
    try (StompClient ann = client("ann")) {
      ann.send(Frame.of("SEND", "destination", "/app/odd.fail", "receipt", "r"));

      Frame error = ann.expect("ERROR");
      assertThat(error.header("receipt-id")).isEqualTo("r");
      assertThat(error.text()).doesNotContain("ACCOUNTS");
      assertThat(ann.closeCode()).isEqualTo(1011);
    }
  }

  @Test
  void observersSeeASessionFromItsBeginningToItsEndInOrder() throws Exception {
    try (StompClient watcher = client("watcher")) {
      watcher.subscribe("s", "/topic/seen/" + user);
      try (StompClient seen = client(user)) {
        seen.subscribe("1", "/topic/a");
        seen.subscribe("2", "/user/queue/x", "last-event-id", "lost-1");
        assertThat(seen.expect("MESSAGE").header("pharos-event")).isEqualTo("gap");
        seen.send(Frame.of("DISCONNECT", "receipt", "bye"));
        seen.expect("RECEIPT");
      }

      List<String> told = seenBy(watcher, "disconnected");
      assertThat(told.subList(0, 2)).contains("connected async");
      assertThat(told)
          .filteredOn(each -> !each.equals("connected async"))
          .containsExactly(
              "connected stomp 1",
              "subscribed /topic/a 1",
              "subscribed /user/" + user + "/queue/x 1",
              "gap /user/" + user + "/queue/x 1",
              "disconnected CLIENT_DONE 1");
    }
  }

  @Test
  void observersSeeEventStreamsAndTokensThatExpire() throws Exception {
    try (StompClient watcher = client("watcher")) {
      watcher.subscribe("s", "/topic/seen/" + user);
      Token brief = Token.of(user).lasting(Duration.ofSeconds(12));
      try (EventStream stream =
          EventStream.http(
              Node.ALPHA.uri(),
              EventStream.of("/topic/a"),
              Map.of("Authorization", brief.bearer()))) {
        assertThat(stream.connected().data()).contains(user);
        assertThat(seenBy(watcher, "disconnected"))
            .filteredOn(each -> !each.equals("connected async"))
            .containsExactly(
                "connected sse 1",
                "subscribed /topic/a 1",
                "expired 1",
                "disconnected TOKEN_EXPIRED 1");
      }
    }
  }

  @Test
  void observerThatHangsHoldsUpNobody() throws Exception {
    try (StompClient ann = client("ann");
        StompClient bob = client("bob")) {
      ann.subscribe("s", "/topic/stuck");
      bob.subscribe("s", "/topic/stuck");
      bob.send(Frame.of("SEND", "destination", "/topic/stuck").body("delivered"));

      assertThat(ann.expect("MESSAGE").text()).isEqualTo("delivered");
      assertThat(bob.expect("MESSAGE").text()).isEqualTo("delivered");

      ann.send(Frame.of("SEND", "destination", "/app/witness.release"));
      assertThat(ann.expect("MESSAGE").text()).isEqualTo("let go");
    }
  }

  /** What the observers have told, up to what begins like this. */
  private static List<String> seenBy(StompClient watcher, String last) {
    var seen = new ArrayList<String>();
    do {
      seen.add(watcher.expect("MESSAGE").text());
    } while (!seen.getLast().startsWith(last));
    return seen;
  }
}
