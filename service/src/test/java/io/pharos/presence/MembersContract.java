package io.pharos.presence;

import static org.assertj.core.api.Assertions.assertThat;

import io.pharos.message.Destination;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What all members promise, be there one or many. */
@Timeout(300)
abstract class MembersContract {
  static final Destination CHAT = Destination.of("/topic/chat");

  private final FakeNode node =
      new FakeNode("n1")
          .with("c1", "ann", "/topic/chat", "/topic/news")
          .with("c2", "ann")
          .with("c3", "bob", "/topic/chat");
  private Members members = new SingleNode(node);

  abstract Members create(NodeView view);

  @BeforeEach
  void start() {
    members = create(node);
    members.start();
  }

  @AfterEach
  void close() {
    members.close();
  }

  @Test
  void aNodeIsAMemberItself() {
    assertThat(members.nodes()).containsExactly(node.node());
  }

  @Test
  void connectionsAreToldWithAllThatIsKnownOfThem() {
    assertThat(members.connections().isComplete()).isTrue();
    assertThat(members.connections().found()).containsExactlyElementsOf(node.connections());
    assertThat(members.connections().found().getFirst().age()).isEqualTo(Duration.ofSeconds(5));
  }

  @Test
  void subscribersOfADestinationAreThoseAndNoOthers() {
    assertThat(members.subscribers(CHAT))
        .isEqualTo(
            Survey.complete(
                List.of(new Subscriber("ann", "c1", "n1"), new Subscriber("bob", "c3", "n1"))));
    assertThat(members.subscribers(Destination.of("/topic/none")).found()).isEmpty();
  }

  @Test
  void aUsersConnectionsAreEndedAndCounted() {
    assertThat(members.end(new Selection.User("ann"))).isEqualTo(2);
    assertThat(node.connections()).extracting(ConnectionInfo::id).containsExactly("c3");
    assertThat(members.end(new Selection.User("ann"))).isZero();
  }

  @Test
  void oneConnectionIsEndedByItsId() {
    assertThat(members.end(new Selection.Connection("c2"))).isEqualTo(1);
    assertThat(members.end(new Selection.Connection("unknown"))).isZero();
    assertThat(node.connections()).extracting(ConnectionInfo::id).containsExactly("c1", "c3");
  }

  @Test
  void closingTwiceIsHarmless() {
    members.close();
    members.close();
  }
}
