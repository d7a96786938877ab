package io.pharos.cli;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokenCreateTest {
  private static final String SECRET = "0123456789abcdef0123456789abcdef";

  @TempDir Path home;
  private Shell shell;

  @BeforeEach
  void shell() {
    shell = new Shell(home);
  }

  @Test
  void printsTheTokenAlone() {
    var result = shell.run("token", "create", "--user", "ann", "--secret", SECRET);
    assertThat(result.code()).isZero();
    assertThat(result.err()).isEmpty();
    assertThat(result.out()).matches("[\\w-]+\\.[\\w-]+\\.[\\w-]+\n");
    JsonObject claims = claims(result.out());
    assertThat(claims.getString("sub")).isEqualTo("ann");
    assertThat(claims.getInt("exp") - claims.getInt("iat")).isEqualTo(3600);
    assertThat(claims).doesNotContainKeys("pharos", "iss", "aud");
  }

  @Test
  void carriesWhatIsAskedFor() {
    var result =
        shell.run(
            "token",
            "create",
            "--user",
            "ann",
            "--secret",
            SECRET,
            "--subscribe",
            "/topic/**",
            "--subscribe",
            "/user/queue/**",
            "--publish",
            "/topic/a",
            "--ttl",
            "15m",
            "--issuer",
            "me",
            "--audience",
            "you");
    JsonObject claims = claims(result.out());
    JsonObject rights = claims.getJsonObject("pharos");
    assertThat(rights.getJsonArray("subscribe").toString())
        .isEqualTo("[\"/topic/**\",\"/user/queue/**\"]");
    assertThat(rights.getJsonArray("publish").toString()).isEqualTo("[\"/topic/a\"]");
    assertThat(claims.getInt("exp") - claims.getInt("iat")).isEqualTo(900);
    assertThat(claims.getString("iss")).isEqualTo("me");
    assertThat(String.valueOf(claims.get("aud"))).contains("you");
  }

  @Test
  void anAdministratorHasTheClaim() {
    var result = shell.run("token", "create", "--user", "a", "--admin", "--secret", SECRET);
    assertThat(claims(result.out()).getJsonObject("pharos").getBoolean("admin")).isTrue();
  }

  @Test
  void theSecretNeedNotStandOnTheCommandLine() throws Exception {
    Path file = Files.writeString(home.resolve("secret"), SECRET + "\n");
    var fromFile = shell.run("token", "create", "--user", "a", "--secret", "@" + file);
    var fromInput =
        shell.stdin(SECRET + "\n").run("token", "create", "--user", "a", "--secret", "-");
    var fromVariable =
        shell.with("PHAROS_JWT_SECRET", SECRET).run("token", "create", "--user", "a");
    assertThat(List.of(fromFile, fromInput, fromVariable))
        .allSatisfy(result -> assertThat(result.code()).as(result.err()).isZero());
    assertThat(shell.run("token", "create", "--user", "a", "--secret", "@/no/such").err())
        .contains("there is no such file");
  }

  @Test
  void withoutASecretItUsesTheOneForDevelopment() throws Exception {
    Path file = home.resolve("dev").resolve("secret");
    var result =
        shell.with("PHAROS_DEV_SECRET_FILE", file.toString()).run("token", "create", "--user", "a");
    assertThat(result.code()).isZero();
    assertThat(result.err()).contains(file.toString(), "development");
    assertThat(Files.readString(file)).hasSizeGreaterThan(40);
  }

  @Test
  void aFileBelowHomeIsNamedAsForAShell() {
    shell.with("PHAROS_DEV_SECRET_FILE", "~/dev/secret").run("token", "create", "--user", "a");
    Path file = home.resolve("dev").resolve("secret");
    assertThat(file).exists();
    assertThat(shell.run("token", "create", "--user", "a", "--secret", "@~/dev/secret").code())
        .isZero();
  }

  @Test
  void homeIsWhatTheVariableSays() {
    Path other = home.resolve("other");
    var result = shell.with("HOME", other.toString()).run("token", "create", "--user", "a");
    assertThat(result.code()).isZero();
    assertThat(other.resolve(".pharos/dev-secret")).exists();
    assertThat(home.resolve(".pharos")).doesNotExist();
  }

  @Test
  void isAnObjectWithJson() {
    assertThat(shell.run("--json", "token", "create", "--user", "a", "--secret", SECRET).out())
        .startsWith("{\"token\":\"");
  }

  private static JsonObject claims(String token) {
    String payload = token.strip().split("\\.", -1)[1];
    String json = new String(Base64.getUrlDecoder().decode(payload), StandardCharsets.UTF_8);
    try (var reader = Json.createReader(new StringReader(json))) {
      return reader.readObject();
    }
  }
}
