import com.google.googlejavaformat.java.Main;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Checks or applies the format of all Java sources of the project, in one go: Google's Java style.
 *
 * <p>Arguments: {@code check} or {@code apply}, and the project's folder.
 */
class Format {
  private static final Set<String> SKIPPED = Set.of("target", "node_modules");

  public static void main(String[] args) throws Exception {
    List<String> sources = sources(Path.of(args[1]));
    PrintWriter errors = new PrintWriter(System.err, true);
    if (args[0].equals("apply")) {
      System.exit(run(new PrintWriter(System.out, true), errors, "--replace", sources));
    }
    StringWriter output = new StringWriter();
    int broken = run(new PrintWriter(output, true), errors, "--dry-run", sources);
    if (broken != 0 || !output.toString().isBlank()) {
      System.err.println("Not in the project's format. To format all: mvn -N -Pformat validate");
      System.err.print(output);
      System.exit(1);
    }
  }

  private static int run(PrintWriter out, PrintWriter errors, String mode, List<String> sources)
      throws Exception {
    List<String> arguments = new ArrayList<>(List.of(mode));
    arguments.addAll(sources);
    return new Main(out, errors, System.in).format(arguments.toArray(String[]::new));
  }

  private static List<String> sources(Path root) throws IOException {
    List<String> found = new ArrayList<>();
    Files.walkFileTree(
        root,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path dir, BasicFileAttributes attributes) {
            String name = dir.getFileName().toString();
            boolean skipped = SKIPPED.contains(name) || (name.startsWith(".") && !dir.equals(root));
            return skipped ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (file.toString().endsWith(".java")) {
              found.add(file.toString());
            }
            return FileVisitResult.CONTINUE;
          }
        });
    return found;
  }
}
