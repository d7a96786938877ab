package io.pharos.app;

import io.pharos.hub.MessageHandlers;
import io.pharos.hub.Publisher;
import io.pharos.messaging.PushTemplate;
import io.pharos.messaging.dispatch.Dispatcher;
import io.pharos.messaging.dispatch.SessionBook;
import io.pharos.messaging.dispatch.Template;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ContextService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.control.RequestContextController;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.json.bind.Jsonb;
import jakarta.json.bind.JsonbBuilder;
import jakarta.validation.Validation;

/** What applications that are built on Pharos use, and what calls them. */
@ApplicationScoped
public class Messaging {
  private final Jsonb json = JsonbBuilder.create();

  @Inject Publisher publisher;
  @Inject HandlerExtension extension;
  @Inject SessionBook sessions;
  @Inject Instance<RequestContextController> controllers;

  @Resource
  @SuppressWarnings("NullAway.Init") // by the container
  ContextService contexts;

  @Produces
  @ApplicationScoped
  PushTemplate template() {
    return new Template(publisher, json);
  }

  @Produces
  @Singleton
  MessageHandlers handlers() {
    if (extension.table().size() == 0) {
      return MessageHandlers.NONE;
    }
    return new Dispatcher(
        extension.table(),
        new Template(publisher, json),
        json,
        Validation.buildDefaultValidatorFactory().getValidator(),
        sessions,
        new CallScope(contexts, controllers));
  }
}
