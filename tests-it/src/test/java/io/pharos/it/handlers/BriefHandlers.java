package io.pharos.it.handlers;

import io.pharos.messaging.MessageMapping;
import io.pharos.messaging.PushTemplate;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;

/** A bean without a scope, which lives for one call. */
@Dependent
public class BriefHandlers {
  @Inject PushTemplate push;

  @MessageMapping("brief")
  public void brief() {
    push.send("/topic/brief", "called");
  }

  @PreDestroy
  void end() {
    push.send("/topic/brief", "destroyed");
  }
}
