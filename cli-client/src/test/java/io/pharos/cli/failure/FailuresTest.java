package io.pharos.cli.failure;

import static org.assertj.core.api.Assertions.assertThat;

import io.pharos.message.PharosException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.nio.channels.UnresolvedAddressException;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;

class FailuresTest {
  private final Failures failures = new Failures(URI.create("http://h:1"));

  @Test
  void aConnectionThatDoesNotComeAboutIsFourWhereverItHides() {
    var hidden = new IOException("outer", new IOException(new ConnectException()));
    assertThat(failures.explain(hidden).exitCode()).isEqualTo(ExitCode.CANNOT_CONNECT);
    assertThat(failures.explain(hidden).message())
        .isEqualTo("cannot connect to http://h:1: connection refused");
  }

  @Test
  void saysWhyInWords() {
    var unknown = new ConnectException();
    unknown.initCause(new UnresolvedAddressException());
    assertThat(Failures.sentence(unknown)).isEqualTo("unknown host");
    assertThat(Failures.sentence(new SSLHandshakeException("bad certificate")))
        .isEqualTo("TLS failed: bad certificate");
    assertThat(Failures.sentence(new IOException(new TimeoutException()))).contains("Timeout");
    assertThat(Failures.sentence(new TimeoutException())).isEqualTo("no answer in time");
    assertThat(Failures.sentence(new IOException("one\ntwo"))).isEqualTo("one");
  }

  @Test
  void aLostConnectionIsOne() {
    assertThat(failures.explain(new IOException("reset")).exitCode()).isEqualTo(ExitCode.FAILED);
  }

  @Test
  void theCoresOwnFailuresKeepTheirSentence() {
    assertThat(failures.explain(PharosException.badRequest("no slash")).exitCode())
        .isEqualTo(ExitCode.USAGE);
    var unauthenticated = new PharosException(PharosException.Code.UNAUTHENTICATED, "expired");
    assertThat(failures.explain(unauthenticated).exitCode()).isEqualTo(ExitCode.NOT_AUTHORISED);
    assertThat(failures.explain(unauthenticated).message()).isEqualTo("expired");
  }

  @Test
  void aDefectIsCalledOne() {
    var explained = failures.explain(new IllegalStateException("oops"));
    assertThat(explained.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(explained.message()).contains("oops");
    assertThat(explained.hint()).contains("report it");
  }
}
