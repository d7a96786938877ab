package io.pharos.app;

import jakarta.enterprise.concurrent.ContextService;
import jakarta.enterprise.context.control.RequestContextController;
import jakarta.enterprise.inject.Instance;
import java.util.concurrent.Executor;

/**
 * Runs application code, in the same thread, as the container would: as a part of the application,
 * with its names and class loader, and with an active request scope of its own. Without the former,
 * a virtual thread can neither look up a data source nor have the container validate a call.
 */
final class CallScope implements Executor {
  private final Executor application;
  private final Instance<RequestContextController> controllers;

  /** To be called by a thread of the application's. */
  CallScope(ContextService contexts, Instance<RequestContextController> controllers) {
    this.application = contexts.currentContextExecutor();
    this.controllers = controllers;
  }

  @Override
  public void execute(Runnable call) {
    application.execute(() -> runInRequest(call));
  }

  private void runInRequest(Runnable call) {
    RequestContextController controller = controllers.get();
    boolean activated = controller.activate();
    try {
      call.run();
    } finally {
      if (activated) {
        controller.deactivate();
      }
      controllers.destroy(controller);
    }
  }
}
