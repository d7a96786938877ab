package io.pharos.app;

import io.pharos.messaging.SessionEvent;
import io.pharos.messaging.dispatch.Observers;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.spi.ObserverMethod;
import java.util.List;
import java.util.concurrent.Executor;

/**
 * The application's observer methods. Each is called by itself: what the container does when it
 * fires an event would skip the observers behind one that throws.
 *
 * @param scope runs a call in the same thread, with whatever has to be there around it
 */
record CdiObservers(List<ObserverMethod<?>> methods, Executor scope) implements Observers {
  private static final System.Logger LOG = System.getLogger(CdiObservers.class.getName());

  /** Whether a method observes sessions. Qualifiers other than {@code @Any} fit nothing. */
  static boolean isFor(ObserverMethod<?> method) {
    return method.getObservedType() instanceof Class<?> type
        && SessionEvent.class.isAssignableFrom(type)
        && method.getObservedQualifiers().stream().allMatch(Any.class::isInstance);
  }

  @Override
  public void tell(SessionEvent event) {
    for (ObserverMethod<?> method : methods) {
      if (((Class<?>) method.getObservedType()).isInstance(event)) {
        scope.execute(() -> tell(method, event));
      }
    }
  }

  @SuppressWarnings("unchecked")
  private static void tell(ObserverMethod<?> method, SessionEvent event) {
    try {
      ((ObserverMethod<SessionEvent>) method).notify(event);
    } catch (RuntimeException e) {
      LOG.log(
          System.Logger.Level.ERROR,
          "Observer in " + method.getBeanClass().getName() + " failed at " + event,
          e);
    }
  }
}
