package io.pharos.app;

import io.pharos.admission.Admission;
import io.pharos.admission.Refusal;
import io.pharos.broker.Broker;
import io.pharos.broker.BrokerAvailability;
import io.pharos.hub.Drain;
import io.pharos.hub.Hub;
import io.pharos.hub.MessageHandlers;
import io.pharos.hub.Publisher;
import io.pharos.hub.SessionEvents;
import io.pharos.hub.SessionFactory;
import io.pharos.presence.Members;
import io.pharos.queue.WorkQueues;
import io.pharos.security.DevSecret;
import io.pharos.security.JwtTokenVerifier;
import io.pharos.security.KeySource;
import io.pharos.security.TokenVerifier;
import io.pharos.security.VerifiedTokens;
import io.pharos.session.Sessions;
import io.pharos.sockjs.SockJsServer;
import io.pharos.sockjs.SockJsSettings;
import io.pharos.stomp.StompServer;
import io.pharos.stomp.StompSettings;
import io.pharos.web.ClientAddress;
import io.pharos.web.OriginPolicy;
import io.pharos.web.StompOverSockJs;
import io.pharos.web.Visitor;
import io.pharos.web.WebLimits;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.BeforeDestroyed;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;
import org.jspecify.annotations.Nullable;

/** Starts and stops Pharos with its application, and hands its parts to the Jakarta side. */
@ApplicationScoped
public class Pharos {
  private static final Logger LOG = System.getLogger(Pharos.class.getName());
  private static final Duration SOCKJS_TICK = Duration.ofMillis(250);

  @Inject MetricsRecorder metrics;
  @Inject QueueMetricsRecorder queueMetrics;
  @Inject Event<BrokerAvailability> availability;
  @Inject SessionEvents sessionEvents;

  private @Nullable Settings settings;
  private @Nullable Node node;
  private @Nullable TokenVerifier verifier;

  void start(@Observes @Initialized(ApplicationScoped.class) Object event) {
    try {
      Config config = ConfigProvider.getConfig();
      Settings read = Settings.read(properties(config));
      for (String name : Settings.unknown(config.getPropertyNames())) {
        LOG.log(
            Level.WARNING,
            "{0} is not a setting of Pharos, and has no effect: the README lists those that are",
            name);
      }
      if (read.jwt().keys() instanceof KeySource.None) {
        read = withoutKey(read);
      }
      settings = read;
      Clock clock = Clock.systemUTC();
      verifier = new VerifiedTokens(new JwtTokenVerifier(read.jwt(), clock), clock);
      node = new Node(read, metrics, queueMetrics, sessionEvents, this::announce);
      node().start();
      metrics.watch(node().broker());
      queueMetrics.watch(node().queues());
      LOG.log(Level.INFO, "Pharos is running with {0}", storage(read));
    } catch (ConfigurationException | IllegalArgumentException e) {
      LOG.log(Level.ERROR, "Pharos cannot start: {0}", e.getMessage());
      throw e;
    }
  }

  private static String storage(Settings read) {
    return read.relay()
        .map(relay -> "the STOMP broker at " + relay)
        .or(() -> read.redis().map(url -> "Redis, " + url))
        .orElse("the embedded broker");
  }

  /** An observer's fault is not ours. */
  private void announce(BrokerAvailability change) {
    try {
      availability.fire(change);
    } catch (RuntimeException e) {
      LOG.log(Level.ERROR, "An observer of " + change + " failed", e);
    }
  }

  void stop(@Observes @BeforeDestroyed(ApplicationScoped.class) Object event) {
    if (node != null) {
      node.stop();
    }
  }

  private static Settings withoutKey(Settings read) {
    if (read.developmentSecret().isEmpty()) {
      LOG.log(
          Level.WARNING,
          "No key is configured, so every token is refused: set one of {0}, {1} or {2}",
          Setting.JWT_SECRET.key(),
          Setting.JWT_PUBLIC_KEY.key(),
          Setting.JWT_JWKS_URL.key());
      return read;
    }
    var secret = new DevSecret(read.developmentSecret().get());
    try {
      Settings withKey = read.withKey(secret.readOrCreate());
      LOG.log(
          Level.WARNING,
          "DEVELOPMENT MODE: whoever can read {0} can publish and read everything; never run it"
              + " where others can connect",
          secret.file());
      return withKey;
    } catch (IOException e) {
      throw new ConfigurationException(
          Setting.DEV_SECRET_FILE.key()
              + ": the development secret cannot be used: "
              + e.getMessage());
    }
  }

  private static Map<String, String> properties(Config config) {
    var properties = new HashMap<String, String>();
    for (Setting setting : Setting.values()) {
      config
          .getOptionalValue(setting.key(), String.class)
          .ifPresent(v -> properties.put(setting.key(), v));
    }
    for (String name : config.getPropertyNames()) {
      if (name.startsWith(DestinationSettings.PREFIX)) {
        config.getOptionalValue(name, String.class).ifPresent(v -> properties.put(name, v));
      }
    }
    return properties;
  }

  private Node node() {
    if (node == null) {
      throw new IllegalStateException("Pharos has not started");
    }
    return node;
  }

  private Settings settings() {
    if (settings == null) {
      throw new IllegalStateException("Pharos has not started");
    }
    return settings;
  }

  @Produces
  @Singleton
  Broker broker() {
    return node().broker();
  }

  @Produces
  @Singleton
  WorkQueues queues() {
    return node().queues();
  }

  @Produces
  @Singleton
  Hub hub() {
    return node().hub();
  }

  @Produces
  @Singleton
  Publisher publisher() {
    return node().publisher();
  }

  @Produces
  @Singleton
  SessionFactory sessionFactory() {
    return node().sessionFactory();
  }

  @Produces
  @Singleton
  StompServer stompServer(
      SessionFactory factory,
      Hub hub,
      Publisher publisher,
      TokenVerifier tokens,
      MessageHandlers handlers) {
    var stomp =
        StompSettings.of("pharos/" + Node.VERSION, publisher.maxBytes(), settings().heartbeat());
    return new StompServer(
        factory,
        hub,
        publisher,
        tokens,
        handlers,
        task -> Thread.ofVirtual().start(task),
        node().relay(),
        stomp,
        System::nanoTime);
  }

  @Produces
  @Singleton
  SockJsServer<Visitor> sockJsServer(StompServer stomp, Admission admission, Drain drain) {
    var server =
        new SockJsServer<>(
            settings().sockJs().orElse(SockJsSettings.DEFAULT),
            new StompOverSockJs(stomp, admission, drain),
            task -> Thread.ofVirtual().start(task),
            Clock.systemUTC(),
            System::nanoTime);
    node().every(SOCKJS_TICK, server::tick);
    return server;
  }

  @Produces
  @Singleton
  Drain drain() {
    return node().drain();
  }

  @Produces
  @Singleton
  Members members() {
    return node().members();
  }

  @Produces
  @Singleton
  Sessions sessions() {
    return node().sessions();
  }

  @Produces
  @Singleton
  TokenVerifier verifier() {
    if (verifier == null) {
      throw new IllegalStateException("Pharos has not started");
    }
    return verifier;
  }

  @Produces
  @Singleton
  Admission admission() {
    return new Admission(settings().admission(), this::refused, System::nanoTime);
  }

  /** Who finds no place may get that of a client that has gone without a word. */
  private void refused(Refusal refusal) {
    metrics.refused(refusal);
    if (refusal != Refusal.TOO_FAST) {
      sessions().soundOut();
    }
  }

  @Produces
  @Singleton
  ClientAddress clientAddress() {
    return ClientAddress.trusting(settings().trustedProxies());
  }

  @Produces
  @Singleton
  OriginPolicy originPolicy() {
    return OriginPolicy.of(settings().allowedOrigins(), settings().dev());
  }

  @Produces
  @Singleton
  WebLimits webLimits() {
    Settings known = settings();
    return new WebLimits(
        known.jwtCookie(),
        known.heartbeat(),
        known.maxMessageBytes(),
        known.maxBatch(),
        known.maxStreamDestinations(),
        known.sockJs().isPresent());
  }
}
