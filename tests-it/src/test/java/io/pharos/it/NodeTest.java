package io.pharos.it;

import java.net.URI;
import java.nio.file.Path;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.container.test.api.TargetsContainer;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.extension.ExtendWith;

/** A test against one node, from outside. */
@ExtendWith(ArquillianExtension.class)
@RunAsClient
abstract class NodeTest {

  @Deployment(name = "alpha", testable = false)
  @TargetsContainer("itAlpha")
  static WebArchive alpha() {
    return PharosWar.atRoot();
  }

  static URI node() {
    return Node.ALPHA.uri();
  }

  /** What the node has logged. */
  static Path log() {
    return Node.ALPHA.messagesLog();
  }

  static Jvm jvm() {
    return Jvm.ofServer(Path.of(Node.property("wlp.home")), "itAlpha");
  }
}
