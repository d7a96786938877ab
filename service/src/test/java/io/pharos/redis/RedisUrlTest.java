package io.pharos.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import redis.clients.jedis.HostAndPort;

class RedisUrlTest {

  @Test
  void oneServerHasDefaults() {
    RedisUrl url = RedisUrl.parse("redis://cache");

    assertThat(url.topology()).isEqualTo(RedisUrl.Topology.STANDALONE);
    assertThat(url.tls()).isFalse();
    assertThat(url.hosts()).containsExactly(new HostAndPort("cache", 6379));
    assertThat(url.user()).isNull();
    assertThat(url.password()).isNull();
    assertThat(url.database()).isZero();
  }

  @Test
  void everythingCanBeSaid() {
    RedisUrl url = RedisUrl.parse("rediss://push:p%40ss%2Fw:o+rd@[::1]:7000/3");

    assertThat(url.tls()).isTrue();
    assertThat(url.hosts()).containsExactly(new HostAndPort("::1", 7000));
    assertThat(url.user()).isEqualTo("push");
    assertThat(url.password()).isEqualTo("p@ss/w:o+rd");
    assertThat(url.database()).isEqualTo(3);
  }

  @Test
  void aPasswordNeedsNoUser() {
    RedisUrl url = RedisUrl.parse("redis://:secret@cache/");

    assertThat(url.user()).isNull();
    assertThat(url.password()).isEqualTo("secret");
  }

  @Test
  void sentinelsNameTheirMaster() {
    RedisUrl url = RedisUrl.parse("redis-sentinel://u:p@one,two:7,three/main");

    assertThat(url.topology()).isEqualTo(RedisUrl.Topology.SENTINEL);
    assertThat(url.master()).isEqualTo("main");
    assertThat(url.hosts())
        .containsExactly(
            new HostAndPort("one", 26379),
            new HostAndPort("two", 7),
            new HostAndPort("three", 26379));
    assertThat(url.user()).isEqualTo("u");
  }

  @Test
  void aClusterIsSomeOfItsNodes() {
    RedisUrl url = RedisUrl.parse("redis-cluster://one:7000,two:7001");

    assertThat(url.topology()).isEqualTo(RedisUrl.Topology.CLUSTER);
    assertThat(url.hosts()).hasSize(2);
  }

  @Test
  void tlsIsASchemeOfEachTopology() {
    assertThat(RedisUrl.parse("rediss-sentinel://one/main").tls()).isTrue();
    assertThat(RedisUrl.parse("rediss-cluster://one").tls()).isTrue();
    assertThat(RedisUrl.parse("redis-cluster://one").tls()).isFalse();
  }

  @Test
  void aUrlKeepsItsPasswordToItself() {
    assertThat(RedisUrl.parse("redis://user:secret@cache").toString())
        .contains("cache")
        .doesNotContain("secret")
        .doesNotContain("user");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "cache:6379",
        "http://cache",
        "redis://",
        "redis://secret@cache",
        "redis://a:secret@b@cache",
        "redis://:secret@cache:port",
        "redis://:secret@cache:99999",
        "redis://:secret@one,two",
        "redis://:secret@cache/x",
        "redis://:secret@cache/1/2",
        "redis://:secr%et@cache",
        "redis://:secret@ca che",
        "redis-sentinel://:secret@one",
        "redis-sentinel://:secret@one/",
        "redis-sentinel://:secret@one/a/b",
        "redis-sentinel://:secret@one,,two/a",
        "redis-cluster://:secret@one/1"
      })
  void whatIsWrongIsRefusedWithoutShowingIt(String url) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> RedisUrl.parse(url))
        .withMessageContaining("allowed is redis://")
        .withMessageNotContaining("secr");
  }
}
