package io.pharos.benchmark.server;

/** How clients subscribe. */
public enum Way {
  /** Server-sent events. */
  SSE("SSE"),
  /** A WebSocket: STOMP where the server has it, otherwise its own. */
  WEBSOCKET("WebSocket");

  private final String label;

  Way(String label) {
    this.label = label;
  }

  /** The name in reports. */
  public String label() {
    return label;
  }
}
