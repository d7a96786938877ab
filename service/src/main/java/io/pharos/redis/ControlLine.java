package io.pharos.redis;

/** The connection on which a member hears the others. */
final class ControlLine implements AutoCloseable {
  private final Subscriber subscriber;
  private final Channel all;
  private final Channel own;

  /**
   * @param settled is run when all others can be heard, perhaps after some time in which not; must
   *     not block
   */
  ControlLine(
      Connector connector,
      RedisTimings timings,
      MemberCalls calls,
      Control control,
      Runnable settled) {
    all = new Channel(calls.channel(""), Channel.Kind.EXACT);
    own = new Channel(calls.channel(control.address()), Channel.Kind.EXACT);
    subscriber =
        new Subscriber(
            connector,
            timings,
            new Subscriber.Receiver() {
              @Override
              public void received(byte[] payload) {
                control.received(payload);
              }

              @Override
              public void settled() {
                settled.run();
              }
            });
  }

  void start() {
    subscriber.want(all);
    subscriber.want(own);
    subscriber.start();
  }

  boolean isSettled() {
    return subscriber.isSettled();
  }

  @Override
  public void close() {
    subscriber.close();
  }
}
