package io.pharos.cli.bench.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpResponseDecoderTest {
  private final Recorder recorder = new Recorder();
  private final HttpResponseDecoder decoder = new HttpResponseDecoder(recorder);

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void joinsTheChunksOfABody(long seed) {
    String response =
        """
        HTTP/1.1 200 OK
        Transfer-Encoding: chunked
        X: y

        5
        hello
        1;ext="1"
        ,
        A
        0123456789
        0
        Trailer: t

        """;

    feed(response.replace("\n", "\r\n"), seed);

    assertThat(recorder.responses).containsExactly("200 hello,0123456789");
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void tellsPipelinedResponsesApart(long seed) {
    feed(
        "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 201 Created\r\ncontent-length: 3\r\n\r\nabc"
            + "HTTP/1.1 204 No Content\r\n\r\n"
            + "HTTP/1.1 201 Created\nContent-Length:0\n\n"
            + "HTTP/1.1 503 Away\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nno\r\n0\r\n\r\n",
        seed);

    assertThat(recorder.responses).containsExactly("201 abc", "204 ", "201 ", "503 no");
  }

  @Test
  void handsOnEverythingAfterAnUpgrade() {
    feed("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n\r\nframes\r\n\r\n", 1);

    assertThat(recorder.body.toString()).isEqualTo("frames\r\n\r\n");
    assertThat(recorder.responses).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SSH-2.0-x\r\n\r\n",
        "HTTP/1.1 OK\r\n\r\n",
        "HTTP/1.1 200 OK\r\nno colon\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: many\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n123456789\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nab"
      })
  void refusesWhatIsNoResponse(String text) {
    assertThatThrownBy(() -> feed(text, 1)).isInstanceOf(WireException.class);
  }

  private void feed(String text, long seed) {
    Pieces.feed(text.getBytes(StandardCharsets.ISO_8859_1), seed, decoder::feed);
  }

  private static final class Recorder implements HttpResponseListener {
    final List<String> responses = new ArrayList<>();
    final StringBuilder body = new StringBuilder();
    private int status;

    @Override
    public void head(HttpHead head) {
      status = head.status();
      body.setLength(0);
    }

    @Override
    public void body(byte[] bytes, int offset, int length) {
      body.append(new String(bytes, offset, length, StandardCharsets.ISO_8859_1));
    }

    @Override
    public void end() {
      responses.add(status + " " + body);
    }
  }
}
