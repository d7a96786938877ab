package io.pharos.cli.stream;

import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** One connection to the server, for one thread. */
public interface StreamConnection extends AutoCloseable {

  /**
   * Waits for the next events.
   *
   * @param patience how long to wait at most
   * @return those that have arrived, in order; none when there were none in time
   * @throws io.pharos.cli.failure.CliException when the server ended it, and trying again is of no
   *     use
   * @throws IOException when the connection is lost: broken, ended by the server, or silent for so
   *     long that nobody can be there any more
   */
  List<StreamEvent> read(Duration patience) throws IOException, InterruptedException;

  /**
   * What was read was printed, down to the last byte: nobody else need get it. What was read and
   * not printed goes to others once the connection ends, where each message has one reader.
   *
   * @throws IOException when that cannot be told to the server any more; it will come again then
   */
  default void printed() throws IOException, InterruptedException {}

  /** Ends the connection at once; says goodbye where the protocol can. */
  @Override
  void close();
}
