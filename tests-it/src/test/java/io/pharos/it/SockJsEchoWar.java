package io.pharos.it;

import io.pharos.it.echo.Bases;
import io.pharos.sockjs.SockJsServer;
import io.pharos.web.SockJsServlet;
import java.io.File;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.exporter.ZipExporter;
import org.jboss.shrinkwrap.api.spec.WebArchive;

/**
 * The services that SockJS' own tests ask for, without Pharos: of it only the SockJS layer and its
 * servlet.
 */
final class SockJsEchoWar {
  static final String ROOT = "/sockjs-echo";

  private SockJsEchoWar() {}

  /** The WAR, also to be found in the build's folder: whoever has other tests can deploy it. */
  static WebArchive build() {
    WebArchive war =
        ShrinkWrap.create(WebArchive.class, "sockjs-echo.war")
            .addPackage(Bases.class.getPackage())
            .addPackage(SockJsServer.class.getPackage())
            .addPackage("io.pharos.message")
            .addClass(SockJsServlet.class);
    for (String name :
        new String[] {
          "ServletRequestView",
          "HttpExchange",
          "WebSocketExchange",
          "BlockingSocket",
          "BlockingWrite",
          "Problem"
        }) {
      war.addClass("io.pharos.web." + name);
    }
    war.as(ZipExporter.class).exportTo(new File("target/sockjs-echo.war"), true);
    return war;
  }
}
