package io.pharos.benchmark.report;

import jakarta.json.Json;
import jakarta.json.stream.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The findings, one file for each scenario, so that a run that breaks off loses no more than the
 * scenario it was in.
 *
 * @param folder where the files are
 */
public record Kept(Path folder) {
  /** Keeps one in the place of an older one of the same scenario. */
  public void put(Finding finding) throws IOException {
    Files.createDirectories(folder);
    var text = new StringWriter();
    try (var writer =
        Json.createWriterFactory(Map.of(JsonGenerator.PRETTY_PRINTING, true)).createWriter(text)) {
      writer.write(finding.toJson());
    }
    Path fresh = folder.resolve(finding.scenario() + ".json.new");
    Files.writeString(fresh, text.toString().strip() + "\n");
    Files.move(
        fresh,
        folder.resolve(finding.scenario() + ".json"),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
  }

  /** What is kept of these scenarios, in their order. */
  public List<Finding> of(List<String> scenarios) throws IOException {
    List<Finding> findings = new ArrayList<>();
    for (String scenario : scenarios) {
      Path file = folder.resolve(scenario + ".json");
      if (Files.exists(file)) {
        try (var reader = Json.createReader(Files.newBufferedReader(file))) {
          findings.add(Finding.of(reader.readObject()));
        }
      }
    }
    return findings;
  }
}
