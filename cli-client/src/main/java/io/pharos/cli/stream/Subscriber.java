package io.pharos.cli.stream;

import io.pharos.cli.failure.CliException;
import io.pharos.cli.failure.ExitCode;
import io.pharos.cli.stream.StreamEvent.Connected;
import io.pharos.cli.stream.StreamEvent.Expired;
import io.pharos.cli.stream.StreamEvent.Gap;
import io.pharos.cli.stream.StreamEvent.Moved;
import io.pharos.cli.stream.StreamEvent.Received;
import io.pharos.cli.stream.StreamEvent.RetryDelay;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Prints messages until there are enough or the time is up, over as many connections as it takes.
 * The bookmark moves with what was printed, so nothing is printed twice and nothing is left out.
 */
public final class Subscriber {
  private final Connector connector;
  private final Bookmark bookmark;
  private final Goal goal;
  private final MessageOutput output;
  private final Reconnect reconnect;
  private final Progress progress;

  /** Tells the person what goes on. */
  public interface Progress {
    void connected(Connected event);

    void expired();
  }

  public Subscriber(
      Connector connector,
      Bookmark bookmark,
      Goal goal,
      MessageOutput output,
      Reconnect reconnect,
      Progress progress) {
    this.connector = connector;
    this.bookmark = bookmark;
    this.goal = goal;
    this.output = output;
    this.reconnect = reconnect;
    this.progress = progress;
  }

  /**
   * Runs until the goal is reached or the time is up.
   *
   * @throws CliException when the server does not want this client
   * @throws IOException when the server cannot be reached at all
   */
  public ExitCode run() throws IOException, InterruptedException {
    while (!goal.isOver()) {
      try (StreamConnection connection = connector.connect(bookmark, goal.timeLeft())) {
        reconnect.opened();
        follow(connection);
      } catch (IOException e) {
        if (!goal.isOver()) {
          reconnect.waitAfter(e, goal.timeLeft());
        }
      }
    }
    return goal.exitCode();
  }

  private void follow(StreamConnection connection) throws IOException, InterruptedException {
    while (!goal.isOver()) {
      List<StreamEvent> events = connection.read(goal.timeLeft());
      for (int i = 0; i < events.size() && !goal.isReached(); i++) {
        take(events.get(i));
      }
      output.flush();
      connection.printed();
    }
  }

  private void take(StreamEvent event) {
    switch (event) {
      case Connected connected -> {
        reconnect.accepted();
        progress.connected(connected);
      }
      case Received message -> {
        output.message(message);
        moveTo(message.mark());
        goal.received();
        reconnect.accepted();
        reconnect.works();
      }
      case Gap gap -> {
        output.gap(gap);
        moveTo(gap.mark());
        goal.missed();
      }
      case Moved moved -> bookmark.moveTo(moved.mark());
      case Expired expired -> progress.expired();
      case RetryDelay retry -> reconnect.startFrom(retry.delay());
    }
  }

  private void moveTo(@Nullable Mark mark) {
    if (mark != null) {
      bookmark.moveTo(mark);
    }
  }
}
