package io.pharos.it;

import java.io.File;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.spec.WebArchive;

/** The product's WAR as it was built. */
final class PharosWar {
  private PharosWar() {}

  /** The WAR, which says itself that it is served from {@code /}. */
  static WebArchive atRoot() {
    return ShrinkWrap.createFromZipFile(WebArchive.class, new File(Node.property("pharos.war")));
  }
}
