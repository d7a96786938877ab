package io.pharos.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.pharos.presence.NodeInfo;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A node's description. */
class MemberTest {
  @Test
  void aDescriptionIsReadAsItWasWritten() {
    var node = new NodeInfo("n1~0af3", "0.1.0", Instant.ofEpochMilli(1234), 17, true);
    assertThat(Member.read("address.3", Member.describe(node)))
        .isEqualTo(new Member("address.3", node));
    assertThat(new Member("address.3", node).address()).isEqualTo("address");
  }

  @Test
  void wordsOfALaterVersionAreNoTrouble() {
    assertThat(Member.read("a.1", "1 n1 2.0 0 3 false more words")).isNotNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "1", "2 n1 1 0 0 false", "1 n1 1 x 0 false", "1 n1 1 0 - false"})
  void anythingElseIsNone(String description) {
    assertThat(Member.read("a.1", description)).isNull();
  }
}
