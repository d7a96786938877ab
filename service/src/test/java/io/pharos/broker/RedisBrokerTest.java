package io.pharos.broker;

import static org.assertj.core.api.Assertions.assertThat;

import io.pharos.message.Destination;
import io.pharos.message.Publication;
import io.pharos.redis.PatientRedis;
import io.pharos.redis.RedisProcess;
import io.pharos.redis.RedisUrl;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The contract, kept by the log in Redis. */
class RedisBrokerTest extends BrokerContract {

  RedisUrl redis() {
    return RedisProcess.shared().url();
  }

  @Override
  Broker create(Function<Destination, HistoryLimits> limits) {
    return new PatientRedis(redis()).broker(limits);
  }

  @Override
  Duration shortTtl() {
    return Duration.ofMillis(200);
  }

  /** Redis has a clock of its own, which nothing but time moves on. */
  @Override
  void elapse(Duration time) throws InterruptedException {
    Thread.sleep(time);
  }

  @Test
  void boundsOfMoreThanOneCallReadsAreInTheirOrder() {
    List<Destination> many =
        IntStream.range(0, 600).mapToObj(i -> Destination.of("/topic/many/" + i)).toList();
    broker()
        .publish(
            many.stream()
                .filter(each -> !each.value().endsWith("7"))
                .map(each -> Publication.text(each, "x"))
                .toList());

    List<History> bounds = broker().bounds(many);

    assertThat(bounds).containsExactlyElementsOf(many.stream().map(this::bounds).toList());
    assertThat(bounds.get(300).top().offset()).isEqualTo(1);
    assertThat(bounds.get(307).top().offset()).isZero();
  }
}
