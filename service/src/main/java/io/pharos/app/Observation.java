package io.pharos.app;

import io.pharos.hub.SessionEvents;
import io.pharos.messaging.dispatch.EventPost;
import io.pharos.messaging.dispatch.SessionBook;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ContextService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.control.RequestContextController;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import jakarta.enterprise.inject.spi.ObserverMethod;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;

/** What the application sees of sessions. It is there before Pharos starts. */
@ApplicationScoped
public class Observation {
  @Inject HandlerExtension extension;
  @Inject Instance<RequestContextController> controllers;

  @Resource
  @SuppressWarnings("NullAway.Init") // by the container
  ContextService contexts;

  @Produces
  @Singleton
  SessionBook sessions() {
    return new SessionBook();
  }

  @Produces
  @Singleton
  SessionEvents events(SessionBook sessions) {
    List<ObserverMethod<?>> methods = extension.observers();
    return methods.isEmpty()
        ? SessionEvents.NONE
        : new EventPost(
            sessions,
            task -> Thread.ofVirtual().start(task),
            new CdiObservers(methods, new CallScope(contexts, controllers)));
  }
}
