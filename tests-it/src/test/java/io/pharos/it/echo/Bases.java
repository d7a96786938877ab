package io.pharos.it.echo;

import io.pharos.sockjs.CloseStatus;
import io.pharos.sockjs.SockJsConnection;
import io.pharos.sockjs.SockJsServer;
import io.pharos.sockjs.SockJsService;
import io.pharos.sockjs.SockJsSettings;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.annotation.WebListener;
import jakarta.websocket.DeploymentException;
import jakarta.websocket.server.ServerContainer;
import jakarta.websocket.server.ServerEndpointConfig;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Puts every service at its base, with all transports. */
@WebListener
public class Bases implements ServletContextListener {
  private static final int LIMIT = 4096;
  private static final CloseStatus GO_AWAY = new CloseStatus(3000, "Go away!");

  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().factory());
  private final List<SockJsServer<String>> servers = new ArrayList<>();

  @Override
  public void contextInitialized(ServletContextEvent event) {
    ServletContext context = event.getServletContext();
    SockJsService<String> echo = (connection, client) -> new Answering(connection, text -> text);
    SockJsService<String> close =
        (connection, client) -> {
          connection.close(GO_AWAY);
          return new Answering(connection, text -> text);
        };
    SockJsService<String> amplify =
        (connection, client) -> new Answering(connection, Bases::amplified);
    add(context, "/echo", echo, settings(true, false));
    add(context, "/disabled_websocket_echo", echo, settings(false, false));
    add(context, "/cookie_needed_echo", echo, settings(true, true));
    add(context, "/close", close, settings(true, false));
    add(context, "/amplify", amplify, settings(true, false));
    var unused = timer.scheduleWithFixedDelay(this::tick, 100, 100, TimeUnit.MILLISECONDS);
  }

  private static String amplified(String text) {
    int n = text.matches("[0-9]{1,2}") ? Integer.parseInt(text) : 0;
    return "x".repeat(1 << (n > 0 && n < 19 ? n : 1));
  }

  private static SockJsSettings settings(boolean webSocket, boolean cookieNeeded) {
    return new SockJsSettings(
        webSocket,
        cookieNeeded,
        true,
        "/sockjs.js",
        Duration.ofSeconds(25),
        Duration.ofSeconds(20),
        Duration.ofSeconds(10),
        LIMIT,
        1 << 20);
  }

  private void tick() {
    servers.forEach(SockJsServer::tick);
  }

  private void add(
      ServletContext context, String base, SockJsService<String> service, SockJsSettings settings) {
    var server =
        new SockJsServer<>(
            settings,
            service,
            task -> Thread.ofVirtual().start(task),
            Clock.systemUTC(),
            System::nanoTime);
    servers.add(server);
    var servlet = context.addServlet(base, new BaseServlet(server));
    servlet.addMapping(base + "/*");
    servlet.setAsyncSupported(true);
    if (settings.webSocket()) {
      var container = (ServerContainer) context.getAttribute(ServerContainer.class.getName());
      deploy(container, base + "/{server}/{session}/websocket", () -> new FramedSocket(server));
      deploy(container, base + "/websocket", () -> new RawSocket(service));
    }
  }

  private static void deploy(ServerContainer container, String path, Sockets sockets) {
    try {
      container.addEndpoint(
          ServerEndpointConfig.Builder.create(sockets.make().getClass(), path)
              .configurator(new SocketMaker(sockets))
              .build());
    } catch (DeploymentException e) {
      throw new IllegalStateException("no WebSocket at " + path, e);
    }
  }

  @Override
  public void contextDestroyed(ServletContextEvent event) {
    timer.shutdownNow();
  }

  /** Sends without a client to tell when that fails. */
  static void send(SockJsConnection connection, String text) {
    try {
      connection.send(text);
    } catch (IOException e) {
      System.getLogger(Bases.class.getName())
          .log(System.Logger.Level.DEBUG, "Nobody got it: {0}", e.getMessage());
    }
  }
}
