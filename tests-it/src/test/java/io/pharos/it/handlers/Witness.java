package io.pharos.it.handlers;

import io.pharos.messaging.MessageMapping;
import io.pharos.messaging.PushTemplate;
import io.pharos.messaging.SessionConnected;
import io.pharos.messaging.SessionDisconnected;
import io.pharos.messaging.SessionEvent;
import io.pharos.messaging.SessionExpired;
import io.pharos.messaging.SessionSlow;
import io.pharos.messaging.SessionSubscribed;
import io.pharos.messaging.SubscriptionGap;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.ObservesAsync;
import jakarta.inject.Inject;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Tells what it has seen at {@code /topic/seen/USER}. */
@ApplicationScoped
public class Witness {
  @Inject PushTemplate push;
  @Inject CallCount count;
  private final CountDownLatch released = new CountDownLatch(1);

  void failing(@Observes @Priority(1) SessionEvent event) {
    throw new IllegalStateException("an observer fails: the test wants it");
  }

  void all(@Observes SessionEvent event) {
    String what =
        switch (event) {
          case SessionConnected connected -> "connected " + connected.session().transport();
          case SessionSubscribed subscribed -> "subscribed " + subscribed.destination();
          case SubscriptionGap gap -> "gap " + gap.destination();
          case SessionSlow slow -> "slow";
          case SessionExpired expired -> "expired";
          case SessionDisconnected disconnected -> "disconnected " + disconnected.code();
        };
    push.send("/topic/seen/" + event.session().user(), what + " " + count.next());
  }

  void later(@ObservesAsync SessionConnected event) {
    push.send("/topic/seen/" + event.session().user(), "connected async");
  }

  /** Holds up whoever would wait for it. */
  void stuck(@Observes SessionSubscribed event) throws InterruptedException {
    if (event.destination().equals("/topic/stuck")) {
      boolean letGo = released.await(5, TimeUnit.MINUTES);
      push.send("/topic/stuck", letGo ? "let go" : "forgotten");
    }
  }

  @MessageMapping("witness.release")
  public void release() {
    released.countDown();
  }
}
