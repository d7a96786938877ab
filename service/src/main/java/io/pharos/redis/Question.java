package io.pharos.redis;

import io.pharos.message.Destination;
import io.pharos.presence.ConnectionInfo;
import io.pharos.presence.NodeView;
import io.pharos.presence.Selection;
import io.pharos.presence.Subscriber;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one node asks all others. The answer is rows of texts, each of which says one thing.
 *
 * @param kind what is asked
 * @param argument about whom or what; may be empty
 */
record Question(Kind kind, String argument) {

  /** What can be asked. */
  enum Kind {
    CONNECTIONS,
    SUBSCRIBERS,
    END_CONNECTION,
    END_USER
  }

  static Question connections() {
    return new Question(Kind.CONNECTIONS, "");
  }

  static Question subscribers(Destination destination) {
    return new Question(Kind.SUBSCRIBERS, destination.value());
  }

  static Question end(Selection selection) {
    return switch (selection) {
      case Selection.Connection(String id) -> new Question(Kind.END_CONNECTION, id);
      case Selection.User(String name) -> new Question(Kind.END_USER, name);
    };
  }

  /**
   * Has a node answer.
   *
   * @throws io.pharos.message.PharosException BAD_REQUEST when the argument cannot be used
   */
  List<List<String>> ask(NodeView node) {
    return switch (kind) {
      case CONNECTIONS -> node.connections().stream().map(Question::row).toList();
      case SUBSCRIBERS ->
          node.subscribers(Destination.of(argument)).stream().map(Question::row).toList();
      case END_CONNECTION -> ended(node.end(new Selection.Connection(argument)));
      case END_USER -> ended(node.end(new Selection.User(argument)));
    };
  }

  private static List<String> row(ConnectionInfo connection) {
    var row = new ArrayList<String>();
    row.add(connection.id());
    row.add(connection.node());
    row.add(connection.user());
    row.add(connection.transport());
    row.add(Long.toString(connection.age().toMillis()));
    row.add(Integer.toString(connection.waiting()));
    row.addAll(connection.subscriptions());
    return row;
  }

  private static List<String> row(Subscriber subscriber) {
    return List.of(subscriber.user(), subscriber.session(), subscriber.node());
  }

  private static List<List<String>> ended(int connections) {
    return List.of(List.of(Integer.toString(connections)));
  }

  /** Null when the row tells no connection. */
  static @Nullable ConnectionInfo connection(List<String> row) {
    try {
      return row.size() < 6
          ? null
          : new ConnectionInfo(
              row.get(0),
              row.get(1),
              row.get(2),
              row.get(3),
              Duration.ofMillis(Long.parseLong(row.get(4))),
              Integer.parseInt(row.get(5)),
              row.subList(6, row.size()));
    } catch (NumberFormatException e) {
      return null;
    }
  }

  /** Null when the row tells no subscriber. */
  static @Nullable Subscriber subscriber(List<String> row) {
    return row.size() < 3 ? null : new Subscriber(row.get(0), row.get(1), row.get(2));
  }

  /** How many connections the row tells to have been ended. */
  static int ended(List<String> row) {
    try {
      return row.isEmpty() ? 0 : Integer.parseInt(row.getFirst());
    } catch (NumberFormatException e) {
      return 0;
    }
  }
}
