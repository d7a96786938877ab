package io.pharos.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.pharos.message.Destination;
import io.pharos.message.DestinationPattern;
import io.pharos.message.PharosException;
import io.pharos.message.UserName;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import redis.clients.jedis.util.JedisClusterCRC16;

class NamesTest {
  private final Names names = new Names("p");

  @Test
  void aDestinationIsOneSlotWhateverItsKeysAreCalled() {
    for (String value : new String[] {"/topic/a", "/user/x%2Fy/queue/z", "/topic/ü:"}) {
      Destination destination = Destination.of(value);
      assertThat(
              Stream.of(
                      names.log(destination),
                      names.stream(destination),
                      names.idempotency(destination, "}{*k"),
                      names.channel(destination))
                  .map(name -> JedisClusterCRC16.getSlot(name.getBytes(StandardCharsets.UTF_8)))
                  .distinct())
          .hasSize(1);
    }
  }

  /** What a user may choose must not end a tag or stand for anything in a glob. */
  @Test
  void noDestinationHoldsACharacterThatMeansSomethingToRedis() {
    for (char special : "{}[]?*\\^ \n".toCharArray()) {
      assertThat(isDestination("/topic/a" + special + "b")).as("'%s'", special).isFalse();
      Destination own =
          Destination.ofUser(new UserName("a" + (special == '\n' ? '*' : special)), "/queue/x");
      assertThat(names.channel(own).chars().filter(c -> c == special).count())
          .as("'%s' in %s", special, own)
          .isEqualTo("{}".indexOf(special) >= 0 ? 1 : 0);
    }
  }

  private static boolean isDestination(String value) {
    try {
      Destination.of(value);
      return true;
    } catch (PharosException e) {
      return false;
    }
  }

  @Test
  void noKeyOfOneDestinationIsAnotherOnes() {
    assertThat(names.idempotency(Destination.of("/topic/a"), "k"))
        .isNotEqualTo(names.idempotency(Destination.of("/topic/a:k"), "k"))
        .isNotEqualTo(names.log(Destination.of("/topic/a:k")));
    assertThat(names.stream(Destination.of("/user/a/queue/x")))
        .isNotEqualTo(names.stream(Destination.of("/user/a/queue/y")));
  }

  @ParameterizedTest
  @CsvSource({
    "/topic/a, p:messages:{/topic/a}, EXACT",
    "/topic/*/x, p:messages:{/topic/*/x}, GLOB",
    "/topic/**, p:messages:{/topic/*}, GLOB",
    "/user/a/queue/x, p:messages:{/user/a}, EXACT",
    "/user/a/queue/*, p:messages:{/user/a}, EXACT",
    "/user/a/**, p:messages:{/user/a}, EXACT",
    "/user/*/queue/x, p:messages:{/user/*}, GLOB",
    "/user/**, p:messages:{/user/*}, GLOB",
    "/**, p:messages:{/*}, GLOB",
    "/*/a, p:messages:{/*}, GLOB",
  })
  void aPatternIsAChannelOrAGlob(String pattern, String name, Channel.Kind kind) {
    assertThat(names.channel(new DestinationPattern(pattern))).isEqualTo(new Channel(name, kind));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a b", "a{b", "a*", "ä", "a\n"})
  void aPrefixIsPlain(String prefix) {
    assertThatIllegalArgumentException().isThrownBy(() -> new Names(prefix));
  }
}
