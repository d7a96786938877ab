package io.pharos.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ServerReportTest {
  private final Logger logger = Logger.getLogger(ServerReport.class.getName());
  private final List<LogRecord> records = new CopyOnWriteArrayList<>();
  private final Handler handler =
      new Handler() {
        @Override
        public void publish(LogRecord record) {
          records.add(record);
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
      };

  @BeforeEach
  void listen() {
    logger.addHandler(handler);
  }

  @AfterEach
  void stopListening() {
    logger.removeHandler(handler);
  }

  private void report(String... settings) {
    try (var redis = new RedisProcess(List.of(settings));
        var wire = redis.wire("test")) {
      var report = new ServerReport();
      report.read(wire);
      report.read(wire);
    }
  }

  @Test
  void aServerThatEvictsIsWarnedAboutOnce() {
    report("maxmemory 100mb", "maxmemory-policy allkeys-lru");

    assertThat(records).hasSize(1);
    assertThat(records.getFirst().getLevel()).isEqualTo(Level.WARNING);
    assertThat(records.getFirst().getParameters()).contains("allkeys-lru");
  }

  @Test
  void aServerThatRefusesOrHasNoLimitIsFine() {
    report("maxmemory 100mb", "maxmemory-policy noeviction");
    report("maxmemory-policy allkeys-lru");

    assertThat(records).isEmpty();
  }
}
