package io.pharos.redis;

/** The connection on which a member hears the others. */
final class ControlLine implements AutoCloseable {
  private final Subscriber subscriber;
  private final Control control;
  private final Runnable settled;
  private final Channel all;
  private final Channel own;

  /**
   * @param settled is run when all others can be heard, perhaps after some time in which not; must
   *     not block
   */
  ControlLine(Subscriber subscriber, MemberCalls calls, Control control, Runnable settled) {
    this.subscriber = subscriber;
    this.control = control;
    this.settled = settled;
    all = calls.channel("");
    own = calls.channel(control.address());
  }

  void start() {
    subscriber.want(all);
    subscriber.want(own);
    subscriber.start(
        new Subscriber.Receiver() {
          @Override
          public void received(byte[] channel, byte[] payload) {
            control.received(payload);
          }

          @Override
          public void settled() {
            settled.run();
          }
        });
  }

  boolean isSettled() {
    return subscriber.isSettled();
  }

  @Override
  public void close() {
    subscriber.close();
  }
}
