package io.pharos.benchmark.server;

import java.net.URI;
import java.util.List;
import java.util.function.Supplier;

/** A node of Pharos. */
public final class PharosServer implements Server {
  private final String name;
  private final Supplier<Daemon> launch;
  private final URI uri;
  private final String token;
  private final Site site;
  private Daemon daemon;

  PharosServer(String name, Supplier<Daemon> launch, URI uri, String token, Site site) {
    this.name = name;
    this.launch = launch;
    this.uri = uri;
    this.token = token;
    this.site = site;
    this.daemon = launch.get();
  }

  @Override
  public String name() {
    return name;
  }

  /** Publications by POST, like those for the other servers. */
  @Override
  public List<String> access(Way way) {
    return List.of(
        "--server=" + uri,
        "--token=" + token,
        "--publish-by=http",
        way == Way.SSE ? "--transport=sse" : "--transport=stomp");
  }

  /** Where to POST publications, as a template. */
  public String publishUrl() {
    return uri + "/api/messages?destination={destination}";
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
  public void beginProfile() {
    jvm().beginProfile();
  }

  @Override
  public String endProfile() {
    return jvm().endProfile();
  }

  @Override
  public String heap() {
    return jvm().heap();
  }

  private Jvm jvm() {
    return new Jvm(site, processes().getLast());
  }

  /** Ends it by SIGKILL, and starts it again at the same port. Returns when it is ready. */
  public void crashAndRestart() {
    daemon.kill();
    daemon = launch.get();
  }

  @Override
  public void close() {
    daemon.close();
  }
}
