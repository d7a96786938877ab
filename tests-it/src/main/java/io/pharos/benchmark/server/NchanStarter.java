package io.pharos.benchmark.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Nchan in nginx, by {@code tests-it/benchmark/nchan.conf}. */
public final class NchanStarter implements Starter {
  private static final List<String> PLACES =
      List.of("/usr/lib/nginx/modules", "/usr/lib64/nginx/modules", "/usr/share/nginx/modules");

  private final Site site;

  public NchanStarter(Site site) {
    this.site = site;
  }

  @Override
  public String name() {
    return "Nchan";
  }

  @Override
  public String missing() {
    if (site.output(List.of("nginx", "-v")).isEmpty()) {
      return "nginx is not installed (Debian: nginx-light)";
    }
    return PLACES.stream().map(NchanStarter::module).anyMatch(Files::exists)
        ? ""
        : "Nchan's module is not installed (Debian: libnginx-mod-nchan)";
  }

  private static Path module(String folder) {
    return Path.of(folder, "ngx_nchan_module.so");
  }

  @Override
  public Server start() {
    int port = Daemon.freePort();
    Path folder = site.folder("nchan");
    Path module =
        PLACES.stream().map(NchanStarter::module).filter(Files::exists).findFirst().orElseThrow();
    try {
      Files.createDirectories(folder.resolve("tmp"));
      String configuration =
          Files.readString(site.root().resolve("tests-it/benchmark/nchan.conf"))
              .replace("@MODULE@", module.toString())
              .replace("@PORT@", Integer.toString(port));
      Files.writeString(folder.resolve("nginx.conf"), configuration);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    var daemon =
        Daemon.start(
                List.of("nginx", "-p", folder + "/", "-c", "nginx.conf", "-g", "daemon off;"),
                Map.of(),
                folder.resolve("out.log"))
            .untilListens(port);
    return new Running(daemon, "http://127.0.0.1:" + port);
  }

  @Override
  public String version() {
    String nchan =
        site.output(List.of("dpkg-query", "-W", "-f", "${Version}", "libnginx-mod-nchan"));
    String nginx = site.output(List.of("nginx", "-v"));
    return "Nchan "
        + (nchan.isEmpty() ? "unknown" : nchan)
        + " in nginx "
        + nginx.substring(nginx.indexOf('/') + 1);
  }

  private record Running(Daemon daemon, String url) implements Server {
    @Override
    public String name() {
      return "Nchan";
    }

    @Override
    public List<String> access(Way way) {
      return List.of(
          way == Way.SSE ? "--transport=sse" : "--transport=ws",
          "--subscribe-url="
              + url
              + (way == Way.SSE ? "/sse" : "/ws")
              + "?destination={destination}",
          "--publish-url=" + url + "/pub?destination={destination}");
    }

    @Override
    public List<Long> processes() {
      return daemon.processes();
    }

    @Override
    public void collectGarbage() {
      // There is none.
    }

    @Override
    public void close() {
      daemon.close();
    }
  }
}
