package io.pharos.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DevSecretTest {
  @TempDir private Path home;

  private Path folder() {
    return home.resolve("pharos");
  }

  private Path file() {
    return folder().resolve("dev-secret");
  }

  private static String permissions(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }

  @Test
  void itIsMadeOnceForItsOwnerAlone() throws IOException {
    KeySource.Secret made = new DevSecret(file()).readOrCreate();

    assertThat(made.value()).matches("[A-Za-z0-9_-]{43}");
    assertThat(new DevSecret(file()).readOrCreate()).isEqualTo(made);
    assertThat(permissions(file())).isEqualTo("rw-------");
    assertThat(permissions(folder())).isEqualTo("rwx------");
    try (var files = Files.list(folder())) {
      assertThat(files).containsExactly(file());
    }
  }

  @Test
  void secretsDiffer() throws IOException {
    assertThat(new DevSecret(home.resolve("a")).readOrCreate())
        .isNotEqualTo(new DevSecret(home.resolve("b")).readOrCreate());
  }

  @Test
  void allWhoMakeItAtOnceGetTheSame() throws Exception {
    CountDownLatch start = new CountDownLatch(1);
    List<Future<KeySource.Secret>> secrets = new ArrayList<>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 16; i++) {
        secrets.add(
            threads.submit(
                () -> {
                  start.await();
                  return new DevSecret(file()).readOrCreate();
                }));
      }
      start.countDown();
      KeySource.Secret first = secrets.getFirst().get();
      for (var secret : secrets) {
        assertThat(secret.get()).isEqualTo(first);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"rw-r--r--", "rw----r--", "rw--w----", "rwx--x---"})
  void aFileThatIsOpenToOthersIsRefused(String permissions) throws IOException {
    new DevSecret(file()).readOrCreate();
    Files.setPosixFilePermissions(file(), PosixFilePermissions.fromString(permissions));

    assertThatIOException()
        .isThrownBy(() -> new DevSecret(file()).readOrCreate())
        .withMessageContaining("chmod 600 " + file());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "short", "not base64url! 012345678901234567890123456789"})
  void aFileWithoutASecretIsRefusedAndNotPrinted(String content) throws IOException {
    new DevSecret(file()).readOrCreate();
    Files.writeString(file(), content);

    var failure =
        assertThatIOException()
            .isThrownBy(() -> new DevSecret(file()).readOrCreate())
            .withMessageContaining("delete it");
    if (!content.isEmpty()) {
      failure.withMessageNotContaining(content);
    }
  }
}
