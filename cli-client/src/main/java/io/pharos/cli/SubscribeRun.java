package io.pharos.cli;

import io.pharos.cli.failure.ExitCode;
import io.pharos.cli.output.OutputFormat;
import io.pharos.cli.retry.Backoff;
import io.pharos.cli.retry.FirstConnect;
import io.pharos.cli.retry.Pause;
import io.pharos.cli.stream.Bookmark;
import io.pharos.cli.stream.Connector;
import io.pharos.cli.stream.Goal;
import io.pharos.cli.stream.Reconnect;
import io.pharos.cli.stream.SseConnector;
import io.pharos.cli.stream.StompConnector;
import io.pharos.cli.stream.StreamEvent.Connected;
import io.pharos.cli.stream.Subscriber;
import io.pharos.cli.terminal.Console;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** {@code pharos subscribe}, once the options are checked. */
final class SubscribeRun implements Subscriber.Progress {
  private final Toolbox tools;
  private final List<String> destinations;
  private final Transport transport;
  private final Goal goal;
  private final OutputFormat format;
  private final FirstConnect first;
  private boolean connectedBefore;

  SubscribeRun(
      Toolbox tools,
      List<String> destinations,
      Transport transport,
      Goal goal,
      OutputFormat format,
      FirstConnect first) {
    this.tools = tools;
    this.destinations = destinations;
    this.transport = transport;
    this.goal = goal;
    this.format = format;
    this.first = first;
  }

  ExitCode run(StartOptions start) throws IOException, InterruptedException {
    StartPlan plan = StartPlan.of(start, destinations, transport);
    var reconnect =
        new Reconnect(first, Backoff.standard(), new Pause(), System::nanoTime, this::lost);
    var bookmark = new Bookmark();
    var subscriber =
        new Subscriber(
            reconnectTo(plan), bookmark, goal, format.on(tools.console()), reconnect, this);
    try {
      return subscriber.run();
    } catch (InterruptedException e) {
      tellWhereToResume(bookmark);
      throw e;
    }
  }

  /** The transport, with the beginning found at the first connection. */
  private Connector reconnectTo(StartPlan plan) {
    Connector connector = connector();
    return (bookmark, patience) -> {
      if (!connectedBefore) {
        plan.placeIn(bookmark, tools.api());
      }
      return connector.connect(bookmark, patience);
    };
  }

  private Connector connector() {
    return switch (transport) {
      case SSE -> new SseConnector(tools.login(), tools.http(), destinations);
      case STOMP -> new StompConnector(tools.login(), destinations);
      case SOCKJS ->
          StompConnector.overSockJs(
              tools.login(), tools.http(), destinations, tools.console()::note);
    };
  }

  @Override
  public void connected(Connected event) {
    Console console = tools.console();
    String user = event.user() == null ? "" : " as " + event.user();
    console.note(
        (connectedBefore ? "connected again to " : "connected to ")
            + tools.login().server()
            + user);
    if (!connectedBefore) {
      event
          .atMostOnce()
          .forEach(
              destination ->
                  console.warn(
                      destination
                          + " keeps no history: messages are missed while the connection is lost"));
    }
    connectedBefore = true;
  }

  @Override
  public void expired() {
    tools.console().warn("the token has expired");
  }

  private void lost(String reason, Duration wait) {
    tools.console().warn(reason + "; connecting again in " + wait.toMillis() + " ms");
  }

  private void tellWhereToResume(Bookmark bookmark) {
    Map<String, String> cursors = bookmark.cursors();
    boolean one = cursors.size() == 1;
    cursors.forEach(
        (source, cursor) ->
            tools
                .console()
                .note(
                    (one ? "resume with:" : "resume " + source + " with:") + " --since " + cursor));
  }
}
