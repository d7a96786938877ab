package io.pharos.app;

import jakarta.enterprise.context.control.RequestContextController;
import jakarta.enterprise.inject.Instance;
import java.util.concurrent.Executor;

/**
 * Runs application code, in the same thread, as the container would: with the application's class
 * loader and an active request scope of its own.
 */
final class CallScope implements Executor {
  private final Instance<RequestContextController> controllers;
  private final ClassLoader loader = Thread.currentThread().getContextClassLoader();

  CallScope(Instance<RequestContextController> controllers) {
    this.controllers = controllers;
  }

  @Override
  public void execute(Runnable call) {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(loader);
    try {
      runInRequest(call);
    } finally {
      thread.setContextClassLoader(before);
    }
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
