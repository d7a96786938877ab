package io.pharos.presence;

import java.time.Duration;
import java.util.List;

/**
 * One client's connection.
 *
 * @param id the session's id, unique over all nodes
 * @param user empty before the client has logged in
 * @param transport {@code sse} or {@code stomp}
 * @param age how long it has been open
 * @param waiting how many items wait in its outbox
 * @param subscriptions the patterns that it is subscribed to, as the client names them
 */
public record ConnectionInfo(
    String id,
    String node,
    String user,
    String transport,
    Duration age,
    int waiting,
    List<String> subscriptions) {
  public ConnectionInfo {
    subscriptions = List.copyOf(subscriptions);
  }
}
