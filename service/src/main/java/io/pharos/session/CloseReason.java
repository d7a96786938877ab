package io.pharos.session;

/**
 * Why a session ends. Each transport has a code for each; clients should come back where {@link
 * #reconnect()} says so.
 */
public enum CloseReason {
  /** The client said goodbye. */
  CLIENT_DONE("The client ended the session", false),
  /** The transport ended without a goodbye, or a write failed. */
  CONNECTION_LOST("The connection was lost", true),
  /** The client broke its protocol. */
  PROTOCOL_ERROR("The client broke the protocol", false),
  /** The client did something that it has no right to. */
  NOT_AUTHORISED("The client lacks the right", false),
  /** The client sent more than is allowed. */
  TOO_LARGE("The client sent more than is allowed", false),
  /** The client asked for more of something than is allowed. */
  LIMIT_EXCEEDED("The client asked for more than is allowed", false),
  /** The client asked for a part of the protocol that is not offered. */
  UNSUPPORTED("The client asked for something that is not offered", false),
  /** The token expired. */
  TOKEN_EXPIRED("The token expired", false),
  /** The client read more slowly than its messages came, until its outbox was full. */
  SLOW_CONSUMER("The client reads too slowly: its outbox is full", true),
  /** One write took too long. */
  WRITE_STALLED("The client has stopped reading", true),
  /** Nothing came from the client for too long. */
  HEARTBEAT_LOST("Nothing was received from the client for too long", true),
  /** The client connected and did not log in. */
  LOGIN_TIMEOUT("The client did not log in in time", false),
  /** There is no room for the client now. */
  BUSY("The server has no room for the client now", true),
  /** The broker is away. */
  UNAVAILABLE("The broker is not available", true),
  /** An administrator ended it. */
  KICKED("An administrator ended the session", false),
  /** The server stops. */
  SERVER_STOPPING("The server is stopping", true),
  /** The server failed. */
  SERVER_ERROR("The server failed", true);

  private final String text;
  private final boolean reconnect;

  CloseReason(String text, boolean reconnect) {
    this.text = text;
    this.reconnect = reconnect;
  }

  /** A sentence for people. */
  public String text() {
    return text;
  }

  /** Whether the client should connect again, with its position. */
  public boolean reconnect() {
    return reconnect;
  }
}
