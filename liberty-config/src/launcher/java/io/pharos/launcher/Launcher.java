package io.pharos.launcher;

import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.lang.reflect.InvocationTargetException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.jar.Attributes;
import java.util.jar.Manifest;

/**
 * Main class of Pharos's runnable jars. Compiled for an older Java than the rest, so that an old
 * {@code java} can still run it: it then finds a newer one on this machine and hands over.
 *
 * <p>The jar's manifest says what to start: {@code Launched-Class}, and, optionally, {@code
 * Launched-Options}, the JVM options for the newer Java.
 */
public final class Launcher {

  /** The release that Pharos's classes are compiled for. */
  static final int MINIMUM = 21;

  /** In the newer Java: the process to follow into its end. */
  private static final String PARENT = "pharos.launcher.parent";

  private Launcher() {}

  /** Runs the jar's own program, here if this Java is new enough, else in a newer one. */
  public static void main(String[] args) throws Exception {
    Attributes manifest = manifest();
    if (Runtime.version().feature() >= MINIMUM) {
      Optional.ofNullable(System.getProperty(PARENT)).ifPresent(Launcher::endWith);
      run(manifest.getValue("Launched-Class"), args);
      return;
    }
    Optional<JavaHome> newer = JavaHome.find(MINIMUM);
    if (newer.isEmpty()) {
      System.err.printf(
          "Pharos needs Java %d or newer; this is Java %s, and none was found."
              + " Install one, or set PHAROS_JAVA_HOME to its folder.%n",
          MINIMUM, Runtime.version());
      System.exit(1);
    }
    System.exit(handOver(newer.get(), manifest.getValue("Launched-Options"), args));
  }

  private static void run(String mainClass, String[] args) throws Exception {
    try {
      Class.forName(mainClass).getMethod("main", String[].class).invoke(null, (Object) args);
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof Exception) {
        throw (Exception) e.getCause();
      }
      throw e;
    }
  }

  private static int handOver(JavaHome java, String options, String[] args) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(java.executable().toString());
    command.add("-D" + PARENT + "=" + ProcessHandle.current().pid());
    // What this one was started with, such as -Xmx, is meant for the program.
    command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
    if (options != null) {
      command.addAll(List.of(options.trim().split("\\s+")));
    }
    command.add("-jar");
    command.add(jar().toString());
    command.addAll(List.of(args));
    ProcessBuilder builder = new ProcessBuilder(command).inheritIO();
    builder.environment().put("JAVA_HOME", java.path().toString());
    Process process = builder.start();
    Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(process)));
    return process.waitFor();
  }

  /** A signal ends this process; it takes the other one along and waits for its orderly stop. */
  private static void stop(Process process) {
    process.destroy();
    process.onExit().join();
  }

  /** Even a parent that was killed leaves no process behind. */
  private static void endWith(String parent) {
    Thread watch =
        new Thread(
            () -> {
              ProcessHandle.of(Long.parseLong(parent)).ifPresent(p -> p.onExit().join());
              System.exit(1);
            },
            "parent-watch");
    watch.setDaemon(true);
    watch.start();
  }

  private static Path jar() throws URISyntaxException {
    URL location = Launcher.class.getProtectionDomain().getCodeSource().getLocation();
    return Path.of(location.toURI());
  }

  private static Attributes manifest() throws IOException {
    String self = "/" + Launcher.class.getName().replace('.', '/') + ".class";
    URL own = Launcher.class.getResource(self);
    String root = own.toString().substring(0, own.toString().length() - self.length());
    try (InputStream in = new URL(root + "/META-INF/MANIFEST.MF").openStream()) {
      return new Manifest(in).getMainAttributes();
    }
  }
}
