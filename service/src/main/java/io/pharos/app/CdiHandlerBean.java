package io.pharos.app;

import io.pharos.messaging.dispatch.HandlerBean;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.context.spi.CreationalContext;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.BeanManager;

/** A CDI bean with message handlers. One without a scope lives for one call. */
record CdiHandlerBean(BeanManager manager, Bean<?> bean) implements HandlerBean {
  @Override
  public Class<?> type() {
    return bean.getBeanClass();
  }

  @Override
  public Lease lease() {
    CreationalContext<?> context = manager.createCreationalContext(bean);
    Object instance = manager.getReference(bean, type(), context);
    return new Lease() {
      @Override
      public Object instance() {
        return instance;
      }

      @Override
      public void close() {
        if (bean.getScope() == Dependent.class) {
          context.release();
        }
      }
    };
  }
}
