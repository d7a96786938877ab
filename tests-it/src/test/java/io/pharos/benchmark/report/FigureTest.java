package io.pharos.benchmark.report;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonValue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FigureTest {
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void clientsThatWereTooBusyAreReadFromNewAndFromOldResults(boolean busy) {
    var now = Json.createObjectBuilder().add(Figure.CLIENTS_TOO_BUSY, busy).build();
    var old =
        Json.createObjectBuilder().add(Figure.CLIENTS_TOO_BUSY, Boolean.toString(busy)).build();

    assertThat(Figure.isClientsTooBusy(now)).isEqualTo(busy);
    assertThat(Figure.isClientsTooBusy(old)).isEqualTo(busy);
  }

  @Test
  void clientsAreNotTooBusyWhereNothingIsSaidOfThem() {
    assertThat(Figure.isClientsTooBusy(JsonValue.EMPTY_JSON_OBJECT)).isFalse();
  }
}
