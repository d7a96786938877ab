package io.pharos.cli;

import io.pharos.cli.failure.CliException;
import io.pharos.cli.failure.ExitCode;
import io.pharos.cli.retry.Pause;
import io.pharos.cli.terminal.Console;
import io.pharos.message.Body;
import io.pharos.message.Destination;
import io.pharos.message.Headers;
import io.pharos.message.Publication;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code pharos publish}. */
@Command(
    name = "publish",
    description = {
      "Publishes a message, or with --lines one for each line of standard input as it arrives.",
      "Prints the message's id: the server has stored it then. With --lines that is printed only"
          + " with --json, as an object for each line."
    })
final class PublishCommand implements Callable<Integer> {
  /** More than any server takes; it only keeps a mistake from filling the memory. */
  private static final int MAX_INPUT = 16 << 20;

  private final Toolbox tools;

  @Parameters(
      index = "0",
      paramLabel = "DEST",
      description = "Where to, such as /topic/news or /user/ann/queue/tasks.")
  String destination = "";

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "BODY",
      description =
          "The message; - reads it from standard input, as does leaving it out when standard input"
              + " is not a terminal.")
  @Nullable String body;

  @Option(
      names = "--lines",
      description = "One message for each line of standard input, without the line's end.")
  boolean lines;

  @Option(
      names = "--content-type",
      paramLabel = "TYPE",
      description = "Default: text/plain, or application/octet-stream for what is not UTF-8.")
  @Nullable String contentType;

  @Option(
      names = "--header",
      paramLabel = "NAME=VALUE",
      description = "A header of the message. May be repeated.")
  Map<String, String> headers = new LinkedHashMap<>();

  @Option(
      names = "--event",
      paramLabel = "NAME",
      description = "The event's name on event streams; short for --header event=NAME.")
  @Nullable String event;

  @Option(
      names = "--idempotency-key",
      paramLabel = "KEY",
      description = "Publishing twice with the same key makes one message.")
  @Nullable String idempotencyKey;

  @Option(
      names = "--retry-for",
      paramLabel = "TIME",
      description =
          "How long to try again while the server is away, or not there yet, though not where the"
              + " first answer is 404; nothing is published twice. Default: 30s with --lines, once"
              + " the server was reached; otherwise 0s.")
  @Nullable Duration retryFor;

  PublishCommand(Toolbox tools) {
    this.tools = tools;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (lines) {
      return publishLines().number();
    }
    byte[] content = content();
    JsonObject answer = publish(publication(content, defaultType(content), key()));
    Console console = tools.console();
    if (console.isJson()) {
      console.line(answer);
    } else {
      console.line(answer.getString("id", ""));
    }
    console.flush();
    return ExitCode.DONE.number();
  }

  private JsonObject publish(Publication publication) throws InterruptedException {
    try {
      return Retries.of(tools, retryFor, Duration.ZERO, new Pause())
          .call(() -> tools.api().publish(publication));
    } catch (IOException e) {
      throw tools
          .failures()
          .explainPublishing(
              e,
              "It may have been stored: publish again with --idempotency-key "
                  + publication.idempotencyKey()
                  + ", so that it is not stored twice.");
    }
  }

  private ExitCode publishLines() throws InterruptedException {
    if (body != null && !body.equals("-")) {
      throw CliException.usage("--lines reads standard input: leave BODY out");
    }
    if (idempotencyKey != null) {
      throw CliException.usage("--lines makes a key for each line: leave --idempotency-key out");
    }
    Publication first = publication(new byte[0], type("text/plain"), null);
    return new LinesRun(tools, first, retryFor).run();
  }

  private Publication publication(byte[] content, String type, @Nullable String key) {
    Map<String, String> all = new LinkedHashMap<>(headers);
    if (event != null) {
      all.put(Headers.EVENT, event);
    }
    return new Publication(
        Destination.of(destination), Body.wrap(content), type, new Headers(all), key);
  }

  /** A key of our own makes it safe to try again. */
  private String key() {
    return idempotencyKey == null ? UUID.randomUUID().toString() : idempotencyKey;
  }

  private String defaultType(byte[] content) {
    return type(Body.wrap(content).isText() ? "text/plain" : "application/octet-stream");
  }

  private String type(String otherwise) {
    return contentType == null ? otherwise : contentType;
  }

  private byte[] content() throws IOException {
    if (body != null && !body.equals("-")) {
      return body.getBytes(StandardCharsets.UTF_8);
    }
    if (body == null && tools.environment().terminals().in()) {
      throw CliException.usage("no body: give it after the destination, or pipe it in");
    }
    byte[] input = tools.environment().in().readNBytes(MAX_INPUT + 1);
    if (input.length > MAX_INPUT) {
      throw CliException.failed(
          "standard input is longer than " + MAX_INPUT + " bytes, more than a message can hold",
          "To publish each line, use --lines.");
    }
    return input;
  }
}
