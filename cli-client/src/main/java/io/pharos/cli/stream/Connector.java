package io.pharos.cli.stream;

import java.io.IOException;
import java.time.Duration;

/** A transport: makes connections that go on where the last one ended. */
public interface Connector {

  /**
   * Connects and subscribes.
   *
   * @param bookmark where to go on; sources that it does not know begin now
   * @param patience how long to wait for the server at most
   * @throws io.pharos.cli.failure.CliException when trying again is of no use
   * @throws IOException when the server cannot be reached or is not available
   */
  StreamConnection connect(Bookmark bookmark, Duration patience)
      throws IOException, InterruptedException;
}
