package io.pharos.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChannelClaimsTest {
  private static final long TICK = 20_000_000;

  private final ChannelClaims claims = new ChannelClaims(1_000_000_000);
  private final ChannelClaims.Lane lane = claims.addLane();

  ChannelClaimsTest() {
    claims.route(
        new Ears() {
          @Override
          public void start(Subscriber.Receiver receiver) {
            // Nobody listens.
          }

          @Override
          public ChannelClaims.Lane lane(Channel channel) {
            return lane;
          }

          @Override
          public void close() {
            // Nothing was opened.
          }
        });
    lane.connected();
  }

  private static Channel channel(String name) {
    return new Channel(name, Channel.Kind.EXACT);
  }

  @Test
  void whatWasRefusedIsToldAgainHoweverMuchElseIsWanted() throws Exception {
    var unused = claims.claim(channel("a"));
    assertThat(lane.await(TICK).subscribe()).containsExactly(channel("a"));
    lane.refused();

    var told = new ArrayList<Channel>();
    long end = System.nanoTime() + 100 * TICK;
    for (int i = 0; !told.contains(channel("a")) && System.nanoTime() < end; i++) {
      // There is always something else, so that waiting never takes the whole time.
      unused = claims.claim(channel("b" + i));
      told.addAll(lane.await(TICK).subscribe());
    }

    assertThat(told).contains(channel("a"));
  }

  @Test
  void whatIsConfirmedIsNotToldAgain() throws Exception {
    var confirmed = claims.claim(channel("a"));
    assertThat(claims.isSettled()).isFalse();
    assertThat(lane.await(TICK).subscribe()).hasSize(1);

    assertThat(lane.confirmed(channel("a"))).isTrue();
    lane.refused();

    assertThat(confirmed).isDone();
    assertThat(claims.isSettled()).isTrue();
    assertThat(lane.await(TICK).subscribe()).isEqualTo(List.of());
  }
}
