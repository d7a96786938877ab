package io.pharos.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pharos.message.Destination;
import io.pharos.message.DestinationPattern;
import io.pharos.message.PharosException;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BrokerNameTest {
  @ParameterizedTest
  @CsvSource({
    "/topic/chat, /topic/chat",
    "/topic/prices/eur, /topic/prices.eur",
    "/topic/chat.room, /topic/chat%2Froom",
    "/topic/a.b/c.d, /topic/a%2Fb.c%2Fd",
    "/topic/bär:1, /topic/b%C3%A4r%3A1",
    "/queue/work, /queue/work",
    "/queue/a/b.c, /queue/a%2Fb.c",
    "/user/ann/queue/x, /topic/%25user.ann.queue.x",
    "/user/a%2Fb.c/queue/x, /topic/%25user.a%252Fb%2Fc.queue.x",
  })
  void aNameCanBeReadBack(String ours, String theirs) {
    var name = BrokerName.of(new Destination(ours));
    assertThat(name.header()).isEqualTo(theirs);
    assertThat(name.destination()).isEqualTo(new Destination(ours));
  }

  @Property
  void differentNamesStayDifferentAndComeBack(
      @ForAll @Size(min = 1, max = 4)
          List<@StringLength(min = 1, max = 6) @CharRange(from = '-', to = '.') String> segments) {
    String path = "x" + String.join("x/x", segments) + "x";
    for (String kind : List.of("/topic/", "/queue/")) {
      var destination = new Destination(kind + path);
      assertThat(BrokerName.of(destination).destination()).isEqualTo(destination);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "/topic/*/eur, /topic/*.eur",
    "/topic/prices/**, /topic/prices.*.#",
    "/topic/**, /topic/*.#",
    "/user/ann/queue/*, /topic/%25user.ann.queue.*",
  })
  void wildcardsBecomeThoseOfRoutingKeys(String ours, String theirs) {
    assertThat(BrokerName.of(new DestinationPattern(ours)).header()).isEqualTo(theirs);
  }

  @Test
  void aNameThatTheBrokerCannotHoldIsRefused() {
    BrokerName.of(new Destination("/topic/" + "x".repeat(255)));
    assertThatThrownBy(() -> BrokerName.of(new Destination("/topic/" + "x".repeat(256))))
        .isInstanceOf(PharosException.class)
        .hasMessageContaining("255");
  }

  @ParameterizedTest
  @CsvSource({
    "/exchange/amq.topic/a",
    "/topic/a%2",
    "/topic/a%zz",
    "/topic/a..b",
    "/topic/%25user.ann",
    "/queue/a%20b"
  })
  void whatIsNoneOfOursIsNothing(String theirs) {
    assertThat(new BrokerName(theirs).destination()).isNull();
  }
}
