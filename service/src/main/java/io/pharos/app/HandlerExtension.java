package io.pharos.app;

import io.pharos.messaging.dispatch.HandlerBean;
import io.pharos.messaging.dispatch.HandlerTable;
import io.pharos.messaging.dispatch.MappingException;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.spi.AfterDeploymentValidation;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.enterprise.inject.spi.Extension;
import jakarta.enterprise.inject.spi.ProcessManagedBean;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds the application's message handlers; what cannot be used fails the deployment. */
public class HandlerExtension implements Extension {
  private final List<Bean<?>> found = new ArrayList<>();
  private @Nullable HandlerTable table;

  <T> void look(@Observes ProcessManagedBean<T> event) {
    if (HandlerTable.isFor(event.getBean().getBeanClass())) {
      found.add(event.getBean());
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

  HandlerTable table() {
    if (table == null) {
      throw new IllegalStateException("the application has not started");
    }
    return table;
  }
}
