package io.pharos.cli.output;

import io.pharos.cli.stream.Mark;
import io.pharos.cli.stream.MessageOutput;
import io.pharos.cli.stream.StreamEvent.Gap;
import io.pharos.cli.stream.StreamEvent.Received;
import io.pharos.cli.terminal.Console;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.spi.JsonProvider;
import java.time.Instant;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * One object a line, with what the transport tells: {@code id} (the position), {@code destination},
 * {@code event}, {@code contentType}, {@code headers}, {@code body} or {@code bodyBase64}, {@code
 * timestamp}, {@code cursor}. A gap is {@code {"gap":{…}}}, in its place among the messages.
 */
final class JsonOutput implements MessageOutput {
  /** Looked for once: with each message, that would take longer than all else. */
  private static final JsonProvider JSON = JsonProvider.provider();

  private final Console console;

  JsonOutput(Console console) {
    this.console = console;
  }

  @Override
  public void message(Received message) {
    var json = JSON.createObjectBuilder();
    add(json, "id", message.position());
    add(json, "destination", message.destination());
    add(json, "event", message.event());
    add(json, "contentType", message.contentType());
    if (!message.headers().isEmpty()) {
      var headers = JSON.createObjectBuilder();
      message.headers().forEach(headers::add);
      json.add("headers", headers);
    }
    String text = message.body().textOrNull();
    if (text != null) {
      json.add("body", text);
    } else {
      json.add("bodyBase64", Base64.getEncoder().encodeToString(message.body().bytes()));
    }
    Instant timestamp = message.timestamp();
    add(json, "timestamp", timestamp == null ? null : timestamp.toString());
    Mark mark = message.mark();
    add(json, "cursor", mark == null ? null : mark.cursor());
    console.line(json.build());
  }

  @Override
  public void gap(Gap gap) {
    var json = JSON.createObjectBuilder();
    add(json, "destination", gap.destination());
    add(json, "position", gap.position());
    json.add("reason", gap.reason());
    console.line(JSON.createObjectBuilder().add("gap", json).build());
    console.flush();
    console.warn(GapText.of(gap));
  }

  @Override
  public void flush() {
    console.flush();
  }

  private static void add(JsonObjectBuilder json, String name, @Nullable String value) {
    if (value != null) {
      json.add(name, value);
    }
  }
}
