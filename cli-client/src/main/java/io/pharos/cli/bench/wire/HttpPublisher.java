package io.pharos.cli.bench.wire;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/** Makes the POST requests that publish. */
public final class HttpPublisher {
  private final List<byte[]> heads = new ArrayList<>();
  private final PayloadFormat format;

  /**
   * Requests to these addresses.
   *
   * @param destinations how many there are
   * @param headers of each request, without line ends
   */
  public HttpPublisher(
      int destinations,
      IntFunction<HttpTarget> targets,
      List<String> headers,
      PayloadFormat format) {
    this.format = format;
    for (int i = 0; i < destinations; i++) {
      String head =
          targets.apply(i).head("POST", headers)
              + "Content-Type: text/plain\r\nContent-Length: "
              + format.size()
              + "\r\n\r\n";
      heads.add(head.getBytes(StandardCharsets.ISO_8859_1));
    }
  }

  /** A whole request. */
  public byte[] request(int destination, int publication, long intended) {
    byte[] head = heads.get(destination);
    byte[] request = new byte[head.length + format.size()];
    System.arraycopy(head, 0, request, 0, head.length);
    format.write(request, head.length, publication, intended);
    return request;
  }
}
