package io.pharos.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoginChoiceTest {
  private static final String CREATED = "{\"id\":\"e-1\",\"destination\":\"/topic/a\"}";

  @TempDir Path home;
  private final StubServer one = new StubServer().answer(201, CREATED);
  private final StubServer two = new StubServer().answer(201, CREATED);
  private Shell shell;

  @BeforeEach
  void contexts() {
    shell = new Shell(home);
    assertThat(shell.run("context", "add", "first", "--server", one.url(), "--token", "t1").code())
        .isZero();
    shell.run("context", "add", "second", "--server", two.url(), "--token", "t2");
  }

  @AfterEach
  void close() {
    one.close();
    two.close();
  }

  @Test
  void theFirstContextIsInUse() {
    shell.run("publish", "/topic/a", "b");
    assertThat(tokenAt(one)).isEqualTo("Bearer t1");
  }

  @Test
  void anotherOneCanBeTakenIntoUse() {
    assertThat(shell.run("context", "use", "second").err()).contains("using second");
    shell.run("publish", "/topic/a", "b");
    assertThat(tokenAt(two)).isEqualTo("Bearer t2");
  }

  @Test
  void anOptionOrVariableNamesOneForASingleCommand() {
    shell.run("publish", "/topic/a", "b", "--context", "second");
    assertThat(tokenAt(two)).isEqualTo("Bearer t2");
    shell.with("PHAROS_CONTEXT", "first").run("publish", "/topic/a", "b");
    assertThat(tokenAt(one)).isEqualTo("Bearer t1");
  }

  @Test
  void aContextsTokenGoesToNoOtherServer() {
    shell.run("publish", "/topic/a", "b", "--server", two.url());
    assertThat(tokenAt(two)).isEmpty();
    shell.run("publish", "/topic/a", "b", "--context", "second", "--server", one.url());
    assertThat(tokenAt(one)).isEmpty();
  }

  @Test
  void variablesComeBeforeTheContextInUse() {
    shell
        .with("PHAROS_SERVER", two.url())
        .with("PHAROS_TOKEN", "var")
        .run("publish", "/topic/a", "b");
    assertThat(tokenAt(two)).isEqualTo("Bearer var");
  }

  @Test
  void optionsComeBeforeVariables() {
    shell
        .with("PHAROS_SERVER", one.url())
        .with("PHAROS_TOKEN", "var")
        .run("--token", "opt", "publish", "/topic/a", "b", "--server", two.url());
    assertThat(tokenAt(two)).isEqualTo("Bearer opt");
  }

  @Test
  void aNamedContextComesBeforeVariables() {
    shell
        .with("PHAROS_SERVER", one.url())
        .with("PHAROS_TOKEN", "var")
        .run("publish", "/topic/a", "b", "--context", "second");
    assertThat(tokenAt(two)).isEqualTo("Bearer t2");
  }

  @Test
  void theListShowsNoTokens() {
    assertThat(shell.run("context", "list").out())
        .isEqualTo("* first  %s\n  second  %s\n".formatted(one.url(), two.url()));
    assertThat(shell.run("context", "list", "--json").out())
        .contains("\"current\":true,\"hasToken\":true")
        .doesNotContain("t1");
  }

  @Test
  void aRemovedContextIsForgotten() {
    assertThat(shell.run("context", "remove", "first").code()).isZero();
    assertThat(shell.run("context", "list").out()).isEqualTo("  second  " + two.url() + "\n");
  }

  @Test
  void theFileIsForItsOwnerAlone() throws Exception {
    Path file = home.resolve(".config/pharos/contexts.json");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
  }

  @Test
  void saysThatThereAreNoContexts() {
    shell.run("context", "remove", "first");
    shell.run("context", "remove", "second");
    var result = shell.run("context", "list");
    assertThat(result.code()).isZero();
    assertThat(result.out()).isEmpty();
    assertThat(result.err()).contains("there are no contexts");
  }

  @Test
  void theFolderForConfigurationIsKept() {
    Path folder = home.resolve("xdg");
    shell
        .with("XDG_CONFIG_HOME", folder.toString())
        .run("context", "add", "x", "--server", one.url());
    assertThat(folder.resolve("pharos/contexts.json")).exists();
  }

  @Test
  void theShellsHomeComesBeforeTheSystems() {
    Path other = home.resolve("other");
    shell.with("HOME", other.toString()).run("context", "add", "x", "--server", one.url());
    assertThat(other.resolve(".config/pharos/contexts.json")).exists();
  }

  @Test
  void aFileThatIsNotOursIsReported() throws Exception {
    Files.writeString(home.resolve(".config/pharos/contexts.json"), "{\"contexts\":[]}");
    var result = shell.run("context", "list");
    assertThat(result.code()).isEqualTo(1);
    assertThat(result.err()).contains("contexts.json does not hold contexts");
  }

  @Test
  void withADevelopmentSecretOnThisMachineNoTokenIsNeeded() {
    Path secret = home.resolve("dev-secret");
    shell.with("PHAROS_DEV_SECRET_FILE", secret.toString());
    shell.run("token", "create", "--user", "x");
    var result = shell.run("publish", "/topic/a", "b", "--server", two.url());
    assertThat(result.code()).isZero();
    assertThat(result.err()).contains("one for development, as tester");
    assertThat(tokenAt(two)).matches("Bearer [\\w-]+\\.[\\w-]+\\.[\\w-]+");
  }

  @Test
  void aTokenWithABlankInItIsRefused() {
    assertThat(shell.run("publish", "/topic/a", "b", "--token", "a b").code()).isEqualTo(2);
    assertThat(shell.run("publish", "/topic/a", "b", "--token", " ").code()).isEqualTo(2);
  }

  private static String tokenAt(StubServer server) {
    return server.requests().getLast().header("Authorization");
  }
}
