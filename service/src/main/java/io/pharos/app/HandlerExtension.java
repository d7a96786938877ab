package io.pharos.app;

import io.pharos.messaging.dispatch.HandlerBean;
import io.pharos.messaging.dispatch.HandlerTable;
import io.pharos.messaging.dispatch.MappingException;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.spi.AfterDeploymentValidation;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.enterprise.inject.spi.Extension;
import jakarta.enterprise.inject.spi.ObserverMethod;
import jakarta.enterprise.inject.spi.ProcessManagedBean;
import jakarta.enterprise.inject.spi.ProcessObserverMethod;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds the application's message handlers and its observers of sessions; a handler that cannot be
 * used fails the deployment.
 */
public class HandlerExtension implements Extension {
  private final List<Bean<?>> found = new ArrayList<>();
  private final List<ObserverMethod<?>> observers = new ArrayList<>();
  private @Nullable HandlerTable table;

  <T> void look(@Observes ProcessManagedBean<T> event) {
    if (HandlerTable.isFor(event.getBean().getBeanClass())) {
      found.add(event.getBean());
    }
  }

  <T, X> void listen(@Observes ProcessObserverMethod<T, X> event) {
    if (CdiObservers.isFor(event.getObserverMethod())) {
      observers.add(event.getObserverMethod());
    }
  }

  void read(@Observes AfterDeploymentValidation event, BeanManager manager) {
    try {
      table =
          HandlerTable.of(
              found.stream().<HandlerBean>map(bean -> new CdiHandlerBean(manager, bean)).toList());
    } catch (MappingException e) {
      event.addDeploymentProblem(e);
    }
  }

  /** Those of session events, in the order of their priorities. */
  List<ObserverMethod<?>> observers() {
    return observers.stream()
        .sorted(Comparator.<ObserverMethod<?>>comparingInt(ObserverMethod::getPriority))
        .toList();
  }

  HandlerTable table() {
    if (table == null) {
      throw new IllegalStateException("the application has not started");
    }
    return table;
  }
}
