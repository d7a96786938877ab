package io.pharos.launcher;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Properties;

/** An installed Java: its folder and its feature release. */
final class JavaHome {

  /** Where installers put Java: the folders above the homes, and the home within each. */
  private static final String[][] PLACES = {
    {"/usr/lib/jvm", ""},
    {"/usr/java", ""},
    {"/opt/java", ""},
    {"/Library/Java/JavaVirtualMachines", "Contents/Home"},
    {System.getProperty("user.home") + "/.sdkman/candidates/java", ""},
    {"C:\\Program Files\\Java", ""},
    {"C:\\Program Files\\Eclipse Adoptium", ""},
  };

  private final Path path;
  private final int feature;

  private JavaHome(Path path, int feature) {
    this.path = path;
    this.feature = feature;
  }

  /**
   * The Java to use: the one that PHAROS_JAVA_HOME or JAVA_HOME names if it is new enough, else the
   * newest one in the usual places.
   */
  static Optional<JavaHome> find(int minimum) {
    for (String variable : List.of("PHAROS_JAVA_HOME", "JAVA_HOME")) {
      String value = System.getenv(variable);
      Optional<JavaHome> named =
          value == null || value.isEmpty() ? Optional.empty() : at(Path.of(value));
      if (named.filter(home -> home.feature >= minimum).isPresent()) {
        return named;
      }
    }
    return installed().stream()
        .filter(home -> home.feature >= minimum)
        .max(Comparator.comparingInt(home -> home.feature));
  }

  Path path() {
    return path;
  }

  Path executable() {
    Path java = path.resolve("bin/java");
    return Files.exists(java) ? java : path.resolve("bin/java.exe");
  }

  private static List<JavaHome> installed() {
    List<JavaHome> found = new ArrayList<>();
    for (String[] place : PLACES) {
      try (DirectoryStream<Path> entries = Files.newDirectoryStream(Path.of(place[0]))) {
        entries.forEach(entry -> at(entry.resolve(place[1])).ifPresent(found::add));
      } catch (IOException | DirectoryIteratorException e) {
        // Not on this machine, or not for this user: then no Java to run from there either.
      }
    }
    return found;
  }

  /** Reads the version from the {@code release} file that every Java carries in its home. */
  private static Optional<JavaHome> at(Path home) {
    Properties release = new Properties();
    try (var in = Files.newInputStream(home.resolve("release"))) {
      release.load(in);
      String version = release.getProperty("JAVA_VERSION", "").replace("\"", "");
      JavaHome found = new JavaHome(home, Runtime.Version.parse(version).feature());
      return Files.exists(found.executable()) ? Optional.of(found) : Optional.empty();
    } catch (IOException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
