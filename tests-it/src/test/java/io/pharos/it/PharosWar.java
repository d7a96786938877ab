package io.pharos.it;

import java.io.File;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.WebArchive;

/** The product's WAR as it was built. */
final class PharosWar {
  private static final String AT_ROOT =
      """
      <web-ext xmlns="http://websphere.ibm.com/xml/ns/javaee" version="1.0">
        <context-root uri="/"/>
      </web-ext>
      """;

  private PharosWar() {}

  /** The WAR, to be served from {@code /}: the adapter would take the file's name otherwise. */
  static WebArchive atRoot() {
    return ShrinkWrap.createFromZipFile(WebArchive.class, new File(Node.property("pharos.war")))
        .addAsWebInfResource(new StringAsset(AT_ROOT), "ibm-web-ext.xml");
  }
}
