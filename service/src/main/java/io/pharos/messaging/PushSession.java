package io.pharos.messaging;

import java.util.concurrent.ConcurrentMap;

/** A client's session, as the application sees it. */
public interface PushSession {
  /** Unique over all nodes. */
  String id();

  /** The user's name. */
  String user();

  /** What carries it: {@code stomp}, {@code sse}, or SockJS and how, {@code sockjs/websocket}. */
  String transport();

  /** What the application keeps with the session, for as long as that lasts, on this node alone. */
  ConcurrentMap<String, Object> attributes();
}
