package io.pharos.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.pharos.message.Destination;
import io.pharos.message.DestinationPattern;
import io.pharos.message.PharosException;
import io.pharos.message.Position;
import io.pharos.session.CloseReason;
import io.pharos.sse.CursorTracker;
import io.pharos.sse.EventBuffer;
import io.pharos.sse.StreamRequest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ControlEventsTest {
  private static final Destination TOPIC = Destination.of("/topic/a");

  private static CursorTracker stream(String pattern) {
    return CursorTracker.of(StreamRequest.of(List.of(new DestinationPattern(pattern))));
  }

  private static String farewell(CloseReason reason, CursorTracker cursor) {
    var buffer = new EventBuffer();
    ControlEvents.farewell(reason, cursor).appendTo(buffer);
    return new String(buffer.toByteArray(), StandardCharsets.UTF_8);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/topic/a", "/topic/**"})
  void aStreamThatNeverBeganLeavesItsClientThePositionThatItHas(String pattern) {
    assertThat(farewell(CloseReason.SERVER_STOPPING, stream(pattern)))
        .matches("retry: [0-9]+\n\n: The server is stopping\n\n");
    assertThat(farewell(CloseReason.UNAVAILABLE, stream(pattern)))
        .matches("retry: [0-9]+\n\n: The broker is not available\n\n");
  }

  @Test
  void aStreamThatCannotBeServedAtTheMomentComesBackAtATimeOfItsOwn() {
    var failure = new PharosException(PharosException.Code.UNAVAILABLE, "no keys");

    assertThat(new String(ControlEvents.notNow(failure), StandardCharsets.UTF_8))
        .matches("retry: [0-9]{4,5}\n\n: no keys\n\n");
  }

  @ParameterizedTest
  @EnumSource(CloseReason.class)
  void lastWordsTellWhenToComeBackWhyAndAfterWhichPosition(CloseReason reason) {
    CursorTracker cursor = stream("/topic/a");
    cursor.begin(Map.of(TOPIC, new Position("e", 7)));

    assertThat(farewell(reason, cursor))
        .startsWith("retry: ")
        .contains("\n\n: " + reason.text() + "\n\n: Resume after e-7\n\n");
  }
}
