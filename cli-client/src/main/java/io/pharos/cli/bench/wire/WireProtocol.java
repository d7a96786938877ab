package io.pharos.cli.bench.wire;

/** How clients subscribe: one strategy a transport. */
public interface WireProtocol {
  /**
   * Begins a client's conversation.
   *
   * @param destination which of the benchmark's destinations to subscribe to
   * @param bookmark from where to resume, when it knows a position; kept up to date from now on
   */
  Conversation open(Line line, StreamEvents events, int destination, Bookmark bookmark);

  /** Which server and port the connections go to. */
  HttpTarget target();
}
