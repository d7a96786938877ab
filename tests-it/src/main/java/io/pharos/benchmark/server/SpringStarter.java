package io.pharos.benchmark.server;

import java.net.URI;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;

/** Spring Boot with the small application in {@code tests-it/benchmark/spring}. */
public final class SpringStarter implements Starter {
  private final Site site;

  public SpringStarter(Site site) {
    this.site = site;
  }

  @Override
  public String name() {
    return "Spring";
  }

  @Override
  public String missing() {
    return Files.exists(site.springJar()) ? "" : "tests-it/benchmark/spring could not be built";
  }

  @Override
  public Server start() {
    int port = Daemon.freePort();
    var daemon =
        Daemon.start(
                List.of(
                    site.java(),
                    Site.HEAP,
                    "-jar",
                    site.springJar().toString(),
                    "--server.port=" + port),
                Map.of(),
                site.folder("spring").resolve("out.log"))
            .untilAnswers(URI.create("http://127.0.0.1:" + port + "/nothing"));
    return new Running(daemon, "http://127.0.0.1:" + port, site);
  }

  @Override
  public String version() {
    return "Spring Boot "
        + site.find("tests-it/benchmark/spring/pom.xml", "<version>([^<]+)</version>");
  }

  private record Running(Daemon daemon, String url, Site site) implements Server {
    @Override
    public String name() {
      return "Spring";
    }

    @Override
    public List<String> access(Way way) {
      return switch (way) {
        case SSE ->
            List.of(
                "--transport=sse",
                "--subscribe-url=" + url + "/sse?destination={destination}",
                "--publish-url=" + url + "/sse?destination={destination}");
        case WEBSOCKET ->
            List.of(
                "--transport=stomp",
                "--subscribe-url=" + url + "/ws",
                "--publish-url=" + url + "/stomp?destination={destination}");
      };
    }

    @Override
    public List<Long> processes() {
      return daemon.processes();
    }

    @Override
    public void collectGarbage() {
      Jvm.collectGarbage(site, processes());
    }

    @Override
    public void close() {
      daemon.close();
    }
  }
}
