package io.pharos.cli.context;

import io.pharos.cli.failure.CliException;
import io.pharos.cli.terminal.Environment;
import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.TreeMap;

/**
 * {@code pharos/contexts.json} below {@code XDG_CONFIG_HOME} or {@code ~/.config}. It holds tokens,
 * so only its owner can read it. Replaced as a whole: a reader sees the old or the new one.
 */
public final class ContextFile {
  private final Path file;

  public ContextFile(Path file) {
    this.file = file;
  }

  public static ContextFile of(Environment environment) {
    String configuration = environment.variable("XDG_CONFIG_HOME");
    Path folder =
        configuration == null ? environment.home().resolve(".config") : Path.of(configuration);
    return new ContextFile(folder.resolve("pharos").resolve("contexts.json"));
  }

  /**
   * Reads all contexts; there are none when there is no file.
   *
   * @throws CliException when the file cannot be read or is not what this class wrote
   */
  public Contexts read() {
    String text;
    try {
      text = Files.readString(file);
    } catch (NoSuchFileException e) {
      return Contexts.NONE;
    } catch (IOException e) {
      throw CliException.failed("cannot read " + file + ": " + e.getMessage(), null);
    }
    try (var reader = Json.createReader(new java.io.StringReader(text))) {
      return parse(reader.readObject());
    } catch (JsonException
        | ClassCastException
        | NullPointerException
        | IllegalArgumentException e) {
      throw CliException.failed(
          file + " does not hold contexts", "Repair or delete it, then add them again.");
    }
  }

  public void write(Contexts contexts) {
    Path folder = file.toAbsolutePath().getParent();
    if (folder == null) {
      throw new IllegalArgumentException(file + " is no file");
    }
    try {
      Files.createDirectories(folder);
      Path complete = newFile(folder);
      try {
        Files.writeString(complete, format(contexts) + "\n");
        Files.move(complete, file, StandardCopyOption.REPLACE_EXISTING);
      } finally {
        Files.deleteIfExists(complete);
      }
    } catch (IOException e) {
      throw CliException.failed("cannot write " + file + ": " + e.getMessage(), null);
    }
  }

  private static Path newFile(Path folder) throws IOException {
    if (!folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      return Files.createTempFile(folder, "contexts", ".new");
    }
    var ownerOnly =
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    return Files.createTempFile(folder, "contexts", ".new", ownerOnly);
  }

  private static Contexts parse(JsonObject root) {
    var contexts = new TreeMap<String, Context>();
    for (Map.Entry<String, JsonValue> entry : root.getJsonObject("contexts").entrySet()) {
      JsonObject value = entry.getValue().asJsonObject();
      String token = value.containsKey("token") ? value.getString("token") : null;
      URI server = URI.create(value.getString("server"));
      contexts.put(entry.getKey(), new Context(entry.getKey(), server, token));
    }
    String current = root.containsKey("current") ? root.getString("current") : null;
    return new Contexts(contexts, current);
  }

  private static JsonObject format(Contexts contexts) {
    var all = Json.createObjectBuilder();
    for (Context context : contexts.all()) {
      var one = Json.createObjectBuilder().add("server", context.server().toString());
      String token = context.token();
      if (token != null) {
        one.add("token", token);
      }
      all.add(context.name(), one);
    }
    var root = Json.createObjectBuilder();
    String current = contexts.current();
    if (current != null) {
      root.add("current", current);
    }
    return root.add("contexts", all).build();
  }
}
