package io.pharos.stomp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.pharos.admission.Admission;
import io.pharos.admission.AdmissionLimits;
import io.pharos.admission.AdmissionMetrics;
import io.pharos.admission.NotAdmittedException;
import org.junit.jupiter.api.Test;

class AdmissionTest {
  private static final String CONNECT = "CONNECT\naccept-version:1.2\npasscode:ann\n\n\0";

  private final Bench bench = new Bench();
  private final Admission admission =
      new Admission(new AdmissionLimits(2, 1, 0, 0), AdmissionMetrics.NONE, () -> 0);

  @Test
  void aUserWithTooManyConnectionsIsToldToComeBack() {
    var first = bench.client(admission.enter("a")).send(CONNECT);
    first.take(Command.CONNECTED);
    var second = bench.client(admission.enter("a")).send(CONNECT);

    assertThat(Client.text(second.takeError("BUSY", 1013))).contains("user");
    assertThat(admission.connections()).as("the refused one has left").isEqualTo(1);

    first.session.disconnected();
    bench.client(admission.enter("a")).send(CONNECT).take(Command.CONNECTED);
  }

  @Test
  void aClientWithoutAPlaceIsToldWhyAndClosed() {
    admission.enter("a");
    admission.enter("a");
    var refusal = catchThrowableOfType(NotAdmittedException.class, () -> admission.enter("a"));
    var client = bench.refused(refusal);

    assertThat(Client.text(client.takeError("BUSY", 1013))).contains("as many connections");
    assertThat(bench.sessions.count()).isZero();
  }

  @Test
  void aPlaceIsGivenUpHoweverTheConnectionEnds() {
    bench.client(admission.enter("a")).send("nonsense\n\n\0");
    assertThat(admission.connections()).isZero();
    bench.client(admission.enter("a")).send(CONNECT).send("DISCONNECT\n\n\0");
    assertThat(admission.connections()).isZero();
    var client = bench.client(admission.enter("a"));
    client.session.disconnected();
    client.session.disconnected();
    assertThat(admission.connections()).isZero();
  }
}
