package io.pharos.stomp;

import io.pharos.session.CloseReason;
import io.pharos.session.Outgoing;
import io.pharos.session.Subscription;
import java.util.List;

/**
 * The ERROR that ends a session, made when all else is written: why, and for a client that should
 * come back a line {@code Resume ID after POSITION} for each of its subscriptions.
 *
 * @param subscriptions as they were when the end began, which closes them
 */
record LastWords(CloseReason reason, List<Subscription> subscriptions) implements Outgoing {
  @Override
  public int weight() {
    return 200;
  }

  Frame frame() {
    ErrorFrame error = ErrorFrame.of(reason);
    var body = new StringBuilder(error.sentence());
    if (reason.reconnect()) {
      for (Subscription each : subscriptions) {
        body.append("\nResume ").append(Subscriptions.nameOf(each));
        body.append(" after ").append(each.reached());
      }
    }
    return error.with(null).body(body.toString()).build();
  }
}
