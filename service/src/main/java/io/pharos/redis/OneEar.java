package io.pharos.redis;

import org.jspecify.annotations.Nullable;

/** One connection that hears all channels. */
final class OneEar implements Ears {
  private final Connector connector;
  private final RedisTimings timings;
  private final ChannelClaims.Lane lane;
  private volatile @Nullable Ear ear;

  OneEar(Connector connector, RedisTimings timings, ChannelClaims claims) {
    this.connector = connector;
    this.timings = timings;
    this.lane = claims.addLane();
  }

  @Override
  public void start(Subscriber.Receiver receiver) {
    var opened = new Ear(connector, timings, lane, receiver, Ear.Surroundings.NONE);
    ear = opened;
    opened.start();
  }

  @Override
  public ChannelClaims.Lane lane(Channel channel) {
    return lane;
  }

  @Override
  public void close() {
    Ear opened = ear;
    if (opened != null) {
      opened.close();
    }
  }
}
