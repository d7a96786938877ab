package io.pharos.it;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.jboss.shrinkwrap.api.exporter.ZipExporter;
import org.jboss.shrinkwrap.api.spec.WebArchive;

/** The runnable server with another WAR in it: an application that is built on Pharos. */
final class ServerJar {
  private static final String WAR = "wlp/usr/servers/pharos/apps/pharos.war";

  private ServerJar() {}

  /**
   * Makes one.
   *
   * @param file where, which must not exist
   */
  static Path of(WebArchive application, Path file) throws IOException {
    Files.copy(Path.of(Node.property("pharos.server.jar")), file);
    try (FileSystem jar = FileSystems.newFileSystem(file);
        InputStream war = application.as(ZipExporter.class).exportAsInputStream()) {
      Path place = jar.getPath(WAR);
      if (!Files.exists(place)) {
        throw new AssertionError("no " + WAR + " in the runnable server");
      }
      Files.copy(war, place, StandardCopyOption.REPLACE_EXISTING);
    }
    return file;
  }
}
