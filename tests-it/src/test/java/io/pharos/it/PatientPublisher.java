package io.pharos.it;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Publishes numbers in their order, each again and again until it is acknowledged; its key sees to
 * it that it is stored once.
 */
record PatientPublisher(Rest rest, String destination, Duration interval) {
  private static final Duration BEFORE_REPEAT = Duration.ofMillis(200);

  /** How many calls were refused with 503. */
  CompletableFuture<Integer> publish(Numbers numbers, AtomicInteger acknowledged) {
    return publish(numbers, acknowledged, new CountDownLatch(0));
  }

  /**
   * The same, around something that happens meanwhile.
   *
   * @param happened however long that takes: before, the last tenth is not published
   */
  CompletableFuture<Integer> publish(
      Numbers numbers, AtomicInteger acknowledged, CountDownLatch happened) {
    return CompletableFuture.supplyAsync(
        () -> {
          int refusals = 0;
          for (String number : numbers.all()) {
            if (acknowledged.get() >= numbers.count() / 10 * 9) {
              await(happened);
            }
            refusals += publish(number);
            acknowledged.incrementAndGet();
            pause(interval);
          }
          return refusals;
        },
        task -> Thread.ofVirtual().name("publisher").start(task));
  }

  private int publish(String number) {
    int refusals = 0;
    String key = UUID.nameUUIDFromBytes((destination + number).getBytes(UTF_8)).toString();
    while (true) {
      HttpResponse<String> answer =
          rest.post(Rest.messages(destination), number, "Idempotency-Key", key);
      if (answer.statusCode() == 201) {
        return refusals;
      }
      if (answer.statusCode() != 503 || answer.headers().firstValue("Retry-After").isEmpty()) {
        throw new AssertionError(answer.statusCode() + " " + answer.body());
      }
      refusals++;
      pause(BEFORE_REPEAT);
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }

  private static void pause(Duration time) {
    try {
      Thread.sleep(time);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }
}
