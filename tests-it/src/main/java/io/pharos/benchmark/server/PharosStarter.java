package io.pharos.benchmark.server;

import java.net.URI;
import java.nio.file.Files;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/** Pharos, from its runnable jar, as it is shipped unless said otherwise. */
public final class PharosStarter implements Starter {
  private final Site site;
  private final String name;
  private final Map<String, String> own;
  private final String secret;
  private final String token;

  public PharosStarter(Site site) {
    this.site = site;
    this.name = "Pharos";
    this.own = Map.of();
    byte[] random = new byte[32];
    new SecureRandom().nextBytes(random);
    secret = HexFormat.of().formatHex(random);
    token =
        site.output(
            List.of(
                "env",
                "PHAROS_JWT_SECRET=" + secret,
                site.java(),
                "-cp",
                site.commandLine().toString(),
                "io.pharos.cli.Main",
                "token",
                "create",
                "--user=bench",
                "--subscribe=/topic/**",
                "--publish=/topic/**",
                "--ttl=12h"));
  }

  private PharosStarter(PharosStarter other, String name, Map<String, String> own) {
    this.site = other.site;
    this.secret = other.secret;
    this.token = other.token;
    this.name = name;
    this.own = own;
  }

  /** The same, where no message waits for others to leave together. */
  public Starter lettingNothingWait() {
    return new PharosStarter(this, "Pharos, linger 0", Map.of("PHAROS_LINGER", "0"));
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public String missing() {
    return Files.exists(site.serverJar()) ? "" : "its jar is not built";
  }

  @Override
  public Server start() {
    return start(Map.of());
  }

  @Override
  public PharosServer start(Map<String, String> settings) {
    int port = Daemon.freePort();
    Map<String, String> environment = new HashMap<>(own);
    environment.putAll(settings);
    environment.put("PHAROS_HTTP_HOST", "127.0.0.1");
    environment.put("PHAROS_HTTP_PORT", Integer.toString(port));
    environment.put("PHAROS_JWT_SECRET", secret);
    String node = "pharos-" + port;
    environment.put("WLP_JAR_EXTRACT_DIR", site.folder(node).resolve("server").toString());
    return new PharosServer(
        name,
        () -> launch(environment, node, port),
        URI.create("http://127.0.0.1:" + port),
        token,
        site);
  }

  private Daemon launch(Map<String, String> environment, String node, int port) {
    // The jar unpacks itself, and stops where something is in the way.
    site.emptyFolder(node);
    return Daemon.start(
            List.of(site.java(), Site.HEAP, "-jar", site.serverJar().toString()),
            environment,
            site.folder(node).resolve("out.log"))
        .untilAnswers(URI.create("http://127.0.0.1:" + port + "/health/ready"));
  }

  @Override
  public String version() {
    String commit = site.output(List.of("git", "rev-parse", "--short", "HEAD"));
    return "Pharos "
        + site.find("pom.xml", "<artifactId>pharos-parent</artifactId>\\s*<version>([^<]+)<")
        + (commit.isEmpty() ? "" : " (commit " + commit + ")")
        + " on Open Liberty "
        + site.find("pom.xml", "<liberty.version>([^<]+)<");
  }
}
