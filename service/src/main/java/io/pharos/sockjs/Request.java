package io.pharos.sockjs;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** An HTTP request for something below a base. */
public interface Request {

  String method();

  /** What follows the base in the address, as the client wrote it, without the query. */
  String path();

  /** The query as the client wrote it; empty when there is none. */
  String query();

  /** A header's first value, or null. */
  @Nullable String header(String name);

  /**
   * The whole body.
   *
   * @param most how many bytes are allowed
   * @return null when there are more
   */
  byte @Nullable [] body(int most) throws IOException;
}
