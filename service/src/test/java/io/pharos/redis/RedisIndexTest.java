package io.pharos.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.pharos.message.Destination;
import io.pharos.message.DestinationPattern;
import io.pharos.message.PharosException;
import io.pharos.message.Publication;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.Protocol.Command;

/** What becomes of a publication when one of several things that Redis does for it goes wrong. */
class RedisIndexTest {
  private static final Destination TOPIC = Destination.of("/topic/prices");
  private static final Destination OTHER = Destination.of("/topic/news");
  private static final DestinationPattern ALL = new DestinationPattern("/topic/**");

  private final RedisProcess redis = RedisProcess.shared();
  private final String prefix = RedisProcess.newPrefix();
  private final Names names = new Names(prefix);
  private final RedisNode one = new RedisNode(redis.url(), prefix);

  @AfterEach
  void close() {
    one.close();
  }

  @Test
  void aDestinationThatCouldNotBeNotedIsNotedLater() throws Exception {
    redis.call(Command.SET, names.index(), "in the way");
    one.publish(TOPIC, "a");

    redis.call(Command.DEL, names.index());

    // Nobody publishes: the node remembers what it owes.
    Recorder.eventually(
        "the destination in the index", () -> one.broker.destinations(ALL).contains(TOPIC));
  }

  @Test
  void whoeverPublishesNextNotesWhatTheFirstOneCouldNot() {
    redis.call(Command.SET, names.index(), "in the way");
    try (var gone = new RedisNode(redis.url(), prefix)) {
      gone.publish(TOPIC, "a");
    }
    redis.call(Command.DEL, names.index());

    one.publish(TOPIC, "b");

    assertThat(one.broker.destinations(ALL)).containsExactly(TOPIC);
  }

  @Test
  void aBatchOfWhichOneWasRefusedSaysThatTheOthersAreStored() {
    redis.call(Command.SET, names.log(OTHER), "in the way");

    assertThatExceptionOfType(PharosException.class)
        .isThrownBy(
            () ->
                one.broker.publish(
                    List.of(
                        Publication.text(OTHER, "a"),
                        Publication.text(TOPIC, "b"),
                        Publication.text(TOPIC, "c"))))
        .satisfies(
            e -> {
              assertThat(e.code()).isEqualTo(PharosException.Code.UNAVAILABLE);
              assertThat(e.detail())
                  .contains("2 of the publications were stored")
                  .doesNotContain("nothing was stored");
            });
    assertThat(one.broker.history(TOPIC, null, 10).messages()).hasSize(2);
  }
}
