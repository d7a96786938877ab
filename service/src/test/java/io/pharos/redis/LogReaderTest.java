package io.pharos.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.pharos.broker.HistoryLimits;
import io.pharos.message.Destination;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.args.Rawable;

class LogReaderTest {
  private final List<String> sent = new ArrayList<>();

  private final Calls calls =
      new Calls() {
        @Override
        public void start() {
          // Nothing to connect to.
        }

        @Override
        public List<@Nullable Object> call(List<CommandArguments> commands) {
          for (CommandArguments command : commands) {
            var words = new ArrayList<String>();
            for (Rawable word : command) {
              words.add(new String(word.getRaw(), StandardCharsets.UTF_8));
            }
            sent.add(String.join(" ", words));
          }
          return List.of();
        }

        @Override
        public void close() {
          // Nothing was opened.
        }
      };

  @ParameterizedTest
  @CsvSource({"PT5M, PT24H", "PT12H, PT24H", "P7D, P14D"})
  void positionsAreKeptForLongerThanTheMessages(Duration ttl, Duration kept) {
    var names = new Names("p");
    var reader =
        new LogReader(
            calls,
            Servers.of(RedisUrl.parse("redis://127.0.0.1:1"), RedisTimings.DEFAULT),
            names,
            new LogSettings(d -> new HistoryLimits(10, ttl)),
            new Index(names, calls, Dialect.PLAIN, Runnable::run));
    Destination topic = Destination.of("/topic/a");

    reader.touch(List.of(topic));

    assertThat(sent).containsExactly("PEXPIRE " + names.log(topic) + " " + kept.toMillis());
  }
}
