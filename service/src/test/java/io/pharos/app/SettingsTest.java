package io.pharos.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pharos.hub.Overflow;
import io.pharos.message.Destination;
import io.pharos.security.KeySource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsTest {
  private static final Destination PRICES = Destination.of("/topic/prices/eur");

  @Test
  void defaultsAreThoseOfTheReference() {
    Settings settings = Settings.read(Map.of());
    assertThat(settings.dev()).isFalse();
    assertThat(settings.developmentSecret()).isEmpty();
    assertThat(settings.jwt().keys()).isInstanceOf(KeySource.None.class);
    assertThat(settings.jwtCookie()).isEqualTo("pharos_token");
    assertThat(settings.heartbeat()).isEqualTo(Duration.ofSeconds(25));
    assertThat(settings.session().outboxMessages()).isEqualTo(1000);
    assertThat(settings.session().outboxBytes()).isEqualTo(1024 * 1024);
    assertThat(settings.session().grace()).isEqualTo(Duration.ofSeconds(1));
    assertThat(settings.session().writeTimeout()).isEqualTo(Duration.ofSeconds(10));
    assertThat(settings.session().closeTimeout()).isEqualTo(Duration.ofSeconds(30));
    assertThat(settings.sockJs().orElseThrow().writeTimeout()).isEqualTo(Duration.ofSeconds(40));
    assertThat(settings.delivery().replaysAtOnce()).isEqualTo(64);
    assertThat(settings.maxMessageBytes()).isEqualTo(64 * 1024);
    assertThat(settings.history().apply(PRICES).size()).isEqualTo(100);
    assertThat(settings.history().apply(PRICES).ttl()).isEqualTo(Duration.ofMinutes(5));
  }

  @Test
  void developmentKeepsALongerHistoryUnlessOneIsConfigured() {
    assertThat(Settings.read(Map.of("pharos.dev", "true")).history().apply(PRICES).size())
        .isEqualTo(10_000);
    assertThat(
            Settings.read(Map.of("pharos.dev", "true", "pharos.history.size", "5"))
                .history()
                .apply(PRICES)
                .size())
        .isEqualTo(5);
  }

  @Test
  void theMostSpecificOverrideOfADestinationWins() {
    Settings settings =
        Settings.read(
            Map.of(
                "pharos.destination.\"/topic/**\".history.size", "7",
                "pharos.destination.\"/topic/prices/*\".history.size", "0",
                "pharos.destination.\"/topic/prices/**\".history.ttl", "10s"));
    assertThat(settings.history().apply(PRICES).size()).isZero();
    assertThat(settings.history().apply(PRICES).ttl()).isEqualTo(Duration.ofSeconds(10));
    assertThat(settings.history().apply(Destination.of("/topic/a")).size()).isEqualTo(7);
    assertThat(settings.history().apply(Destination.of("/user/a/queue/b")).size()).isEqualTo(100);
  }

  @Test
  void presenceIsAnnouncedWhereTheMostSpecificPatternSaysSo() {
    Settings settings =
        Settings.read(
            Map.of(
                "pharos.destination.\"/topic/chat/**\".presence", "true",
                "pharos.destination.\"/topic/chat/quiet/*\".presence", "FALSE",
                "pharos.destination.\"/topic/chat/quiet/loud\".history.size", "1"));
    assertThat(settings.presence())
        .accepts(Destination.of("/topic/chat/a"))
        .rejects(Destination.of("/topic/chat/quiet/loud"), Destination.of("/topic/news"));
  }

  @Test
  void theMostSpecificPatternSaysWhatBecomesOfMessagesForASlowClient() {
    Settings settings =
        Settings.read(
            Map.of(
                "pharos.destination.\"/topic/**\".overflow", "drop-oldest",
                "pharos.destination.\"/topic/prices/*\".overflow", "conflate",
                "pharos.destination.\"/topic/orders\".overflow", "disconnect",
                "pharos.destination.\"/topic/news\".history.size", "1"));
    Function<Destination, Overflow> policy = settings.delivery().overflow();
    assertThat(policy.apply(PRICES)).isEqualTo(Overflow.CONFLATE);
    assertThat(policy.apply(Destination.of("/topic/orders"))).isEqualTo(Overflow.DISCONNECT);
    assertThat(policy.apply(Destination.of("/topic/news"))).isEqualTo(Overflow.DROP_OLDEST);
    assertThat(policy.apply(Destination.of("/user/a/queue/b"))).isEqualTo(Overflow.DISCONNECT);
  }

  @Test
  void theMostSpecificPatternSaysHowLongMessagesMayWait() {
    Function<Destination, Duration> linger =
        Settings.read(
                Map.of(
                    "pharos.linger", "40ms",
                    "pharos.destination.\"/topic/prices/*\".linger", "0ms",
                    "pharos.destination.\"/topic/prices/slow\".linger", "1s"))
            .linger();
    assertThat(linger.apply(PRICES)).isZero();
    assertThat(linger.apply(Destination.of("/topic/prices/slow"))).isEqualTo(Duration.ofSeconds(1));
    assertThat(linger.apply(Destination.of("/topic/news"))).isEqualTo(Duration.ofMillis(40));
    assertThat(Settings.read(Map.of()).linger().apply(PRICES)).isEqualTo(Duration.ofMillis(25));
  }

  @ParameterizedTest
  @CsvSource({
    "pharos.linger, 25, '0, or a duration up to 1s'",
    "pharos.linger, 1001ms, '0, or a duration up to 1s'",
    "pharos.linger, 999999999d, '0, or a duration up to 1s'",
    "pharos.destination.\"/topic/a\".linger, -1ms, '0, or a duration'",
    "pharos.dev, yes, true or false",
    "pharos.heartbeat, 25, duration",
    "pharos.heartbeat, 0s, duration",
    "pharos.outbox.messages, 0, at least 1",
    "pharos.outbox.messages, many, whole number",
    "pharos.outbox.bytes, 1 MB, size",
    "pharos.message.max-bytes, 2MiB, 1048576",
    "pharos.history.size, -1, at least 0",
    "pharos.jwt.secret, tooshort, at least 32 bytes",
    "pharos.destination.\"/topic/*x\".history.size, 1, wildcard",
    "pharos.destination.\"/topic/a\".colour, red, history.size",
    "pharos.destination.\"/topic/a\".presence, yes, true or false",
    "pharos.destination.\"/topic/a\".overflow, drop, 'disconnect, drop-oldest or conflate'",
    "pharos.replays.max, -1, at least 0",
    "pharos.sockjs.client-url, sockjs.js, https://",
    "pharos.sockjs.stream-limit, 10B, 1024",
    "pharos.allowed-origins, app.example, https://host",
  })
  void aValueThatCannotBeUsedIsNamedWithWhatIsAllowed(String key, String value, String hint) {
    var failure =
        assertThatThrownBy(() -> Settings.read(Map.of(key, value)))
            .isInstanceOf(ConfigurationException.class)
            .hasMessageContaining(key);
    if (!hint.equals("wildcard")) {
      failure.hasMessageContaining(hint);
    }
  }

  @Test
  void everythingThatCannotBeUsedIsNamedAtOnce() {
    assertThatThrownBy(
            () ->
                Settings.read(
                    Map.of(
                        "pharos.heartbeat", "25",
                        "pharos.message.max-bytes", "2MiB",
                        "pharos.node.id", "a b",
                        "pharos.broker", "mongo",
                        "pharos.allowed-origins", "app.example",
                        "pharos.jwt.secret", "tooshort",
                        "pharos.destination.\"/topic/a\".presence", "yes",
                        "pharos.destination.\"/topic/b\".linger", "2s")))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageStartingWith("8 settings cannot be used:\n")
        .hasMessageContainingAll(
            "\n  pharos.heartbeat is '25'",
            "\n  pharos.message.max-bytes is '2MiB'",
            "\n  pharos.node.id is 'a b'",
            "\n  pharos.broker is 'mongo'",
            "\n  pharos.allowed-origins holds 'app.example'",
            "\n  pharos.jwt.secret must",
            "\n  pharos.destination.\"/topic/a\".presence is 'yes'",
            "\n  pharos.destination.\"/topic/b\".linger is '2s'");
  }

  @Test
  void whatIsNoSettingIsFound() {
    assertThat(
            Settings.unknown(
                List.of(
                    "pharos.hartbeat",
                    "pharos.heartbeat",
                    "pharos.destination./topic/a.linger",
                    "pharos.destination.\"/topic/a\".linger",
                    "PHAROS_HEARTBEAT",
                    "user.home")))
        .containsExactly("pharos.destination./topic/a.linger", "pharos.hartbeat");
  }

  @Test
  void sockJsKeepsToTheOriginsThatAreAllowed() {
    assertThat(Settings.read(Map.of()).sockJs())
        .hasValueSatisfying(it -> assertThat(it.anyOrigin()).isFalse());
    assertThat(Settings.read(Map.of("pharos.allowed-origins", "*")).sockJs())
        .hasValueSatisfying(it -> assertThat(it.anyOrigin()).isTrue());
    assertThat(Settings.read(Map.of("pharos.sockjs.enabled", "false")).sockJs()).isEmpty();
  }

  @Test
  void aPublicKeyCanBeAFile(@TempDir Path directory) throws Exception {
    var pair = KeyPairGenerator.getInstance("RSA").generateKeyPair();
    String pem =
        "-----BEGIN PUBLIC KEY-----\n"
            + Base64.getMimeEncoder().encodeToString(pair.getPublic().getEncoded())
            + "\n-----END PUBLIC KEY-----\n";
    Path file = Files.writeString(directory.resolve("key.pem"), pem);
    assertThat(Settings.read(Map.of("pharos.jwt.public-key", file.toString())).jwt().keys())
        .isEqualTo(new KeySource.PublicKeyPem(pem));
    assertThatThrownBy(() -> Settings.read(Map.of("pharos.jwt.public-key", file + ".none")))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("pharos.jwt.public-key");
  }

  @Test
  void sizesAndDurationsTakeTheirUnits() {
    Settings settings =
        Settings.read(
            Map.of(
                "pharos.outbox.bytes",
                "2 MiB",
                "pharos.heartbeat",
                "1500ms",
                "pharos.history.ttl",
                "2h"));
    assertThat(settings.session().outboxBytes()).isEqualTo(2 << 20);
    assertThat(settings.heartbeat()).isEqualTo(Duration.ofMillis(1500));
    assertThat(settings.history().apply(PRICES).ttl()).isEqualTo(Duration.ofHours(2));
  }
}
