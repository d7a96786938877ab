package io.pharos.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.container.test.api.TargetsContainer;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@ExtendWith(ArquillianExtension.class)
@RunAsClient
class ServersIT {

  @Deployment(name = "alpha", testable = false)
  @TargetsContainer("itAlpha")
  static WebArchive alpha() {
    return PharosWar.atRoot();
  }

  @Deployment(name = "bravo", testable = false)
  @TargetsContainer("itBravo")
  static WebArchive bravo() {
    return PharosWar.atRoot();
  }

  @ParameterizedTest
  @EnumSource
  void aNodeIsReady(Node node) throws Exception {
    assertThat(get(node, "/health/ready")).contains("\"status\":\"UP\"");
  }

  @ParameterizedTest
  @EnumSource
  void aNodeRunsOnTheJdkThatTheBuildSelected(Node node) throws IOException {
    assertThat(Files.readAllLines(node.messagesLog()))
        .contains("java.home = " + System.getProperty("java.home"))
        .contains("java.version = " + System.getProperty("java.version"));
    assertThat(Runtime.version().feature())
        .isEqualTo(Integer.parseInt(Node.property("pharos.jdk.version")));
  }

  private static String get(Node node, String path) throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client
          .send(
              HttpRequest.newBuilder(node.uri().resolve(path)).build(),
              HttpResponse.BodyHandlers.ofString())
          .body();
    }
  }
}
