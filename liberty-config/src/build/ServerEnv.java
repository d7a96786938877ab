import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Tells the Liberty runtime of this build which JDK to run on: the one that runs this program,
 * which Maven selected by toolchain. Without it Liberty would silently take Maven's own.
 *
 * <p>Arguments: the runtime's {@code etc/server.env}, and the feature version that is wanted.
 */
class ServerEnv {
  public static void main(String[] args) throws IOException {
    Path file = Path.of(args[0]);
    int wanted = Integer.parseInt(args[1]);
    if (Runtime.version().feature() != wanted) {
      System.err.printf(
          "The server must run on JDK %d, but the selected JDK is %s in %s.%n",
          wanted, Runtime.version(), System.getProperty("java.home"));
      System.exit(1);
    }
    String content = "JAVA_HOME=" + System.getProperty("java.home") + "\n";
    if (!Files.exists(file) || !Files.readString(file).equals(content)) {
      Files.createDirectories(file.getParent());
      Files.writeString(file, content, StandardCharsets.UTF_8);
    }
  }
}
