package io.pharos.cli;

import io.pharos.cli.api.Api;
import io.pharos.cli.failure.ExitCode;
import io.pharos.cli.failure.OutputClosedException;
import io.pharos.cli.lines.Line;
import io.pharos.cli.lines.LinePublisher;
import io.pharos.cli.lines.LineQueue;
import io.pharos.cli.lines.LineReader;
import io.pharos.cli.retry.Pause;
import io.pharos.cli.terminal.Console;
import io.pharos.message.Publication;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** {@code pharos publish --lines}: from the input's first byte to the summary. */
final class LinesRun {
  private static final Duration RETRY_FOR = Duration.ofSeconds(30);

  private final Toolbox tools;
  private final Publication template;
  private final @Nullable Duration retryFor;

  /** Begins the keys of this run, so that no two runs have one in common. */
  private final String run = UUID.randomUUID().toString().replace("-", "");

  /**
   * @param template what all messages have in common
   * @param retryFor how long to try again, from the first line on; null when nothing is said of it
   */
  LinesRun(Toolbox tools, Publication template, @Nullable Duration retryFor) {
    this.tools = tools;
    this.template = template;
    this.retryFor = retryFor;
  }

  ExitCode run() throws InterruptedException {
    var queue = new LineQueue();
    var pause = new Pause();
    var publisher =
        new LinePublisher(
            queue, new BatchSender(tools.api()), Retries.of(tools, retryFor, RETRY_FOR, pause));
    // What was read is still published, but a server that is away is not waited for.
    tools
        .interruption()
        .onSignal(
            () -> {
              queue.end();
              pause.end();
            });
    new LineReader(tools.environment().in(), queue).start();
    try {
      publisher.run();
    } catch (IOException e) {
      throw tools
          .failures()
          .explainPublishing(
              e, "More than " + publisher.published() + " lines may have been stored.");
    } finally {
      tools
          .console()
          .note(
              publisher.published()
                  + (publisher.published() == 1 ? " message" : " messages")
                  + " published to "
                  + template.destination());
    }
    return tools.interruption().isRaised() ? ExitCode.INTERRUPTED : ExitCode.DONE;
  }

  private Publication publication(Line line) {
    return new Publication(
        template.destination(),
        line.body(),
        template.contentType(),
        template.headers(),
        run + "-" + line.number());
  }

  /** Sends batches, and with JSON prints what the server answers. */
  private final class BatchSender implements LinePublisher.Sender {
    private final Api api;
    private JsonArray answer = JsonValue.EMPTY_JSON_ARRAY;

    /** Whether somebody reads what is printed; what comes in is published all the same. */
    private boolean read = true;

    private BatchSender(Api api) {
      this.api = api;
    }

    @Override
    public void send(List<Line> batch) throws IOException, InterruptedException {
      answer = api.publishAll(batch.stream().map(LinesRun.this::publication).toList());
    }

    @Override
    public void stored() {
      Console console = tools.console();
      if (!read || !console.isJson()) {
        return;
      }
      try {
        answer.getValuesAs(JsonObject.class).forEach(console::line);
        console.flush();
      } catch (OutputClosedException e) {
        read = false;
      }
    }
  }
}
