package io.pharos.messaging.dispatch;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** A method of a bean that takes messages, or what others throw. */
final class HandlerMethod {
  private final HandlerBean bean;
  private final Method method;
  private final List<Argument> arguments;
  private final Routes routes;

  /**
   * @param variables that the mappings of the method all have
   */
  HandlerMethod(HandlerBean bean, Method method, Collection<String> variables) {
    this.bean = bean;
    this.method = method;
    int modifiers = method.getModifiers();
    if (Modifier.isStatic(modifiers) || Modifier.isPrivate(modifiers)) {
      throw new MappingException(this, "it must be neither static nor private");
    }
    arguments = new ArrayList<>();
    for (Parameter parameter : method.getParameters()) {
      arguments.add(Argument.of(parameter, this, variables));
    }
    if (arguments.stream().filter(Argument.OfPayload.class::isInstance).count() > 1) {
      throw new MappingException(this, "more than one parameter is the payload");
    }
    routes = Routes.of(method, bean.type(), this, variables);
    method.setAccessible(true);
  }

  Class<?> type() {
    return bean.type();
  }

  Routes routes() {
    return routes;
  }

  /** Calls it, and waits for what it promises. */
  @Nullable Object call(Invocation invocation, PayloadReader payloads) throws Throwable {
    var values = new @Nullable Object[arguments.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = arguments.get(i).of(invocation, payloads);
    }
    try (HandlerBean.Lease lease = bean.lease()) {
      Object result = method.invoke(lease.instance(), values);
      return result instanceof CompletionStage<?> stage
          ? stage.toCompletableFuture().join()
          : result;
    } catch (InvocationTargetException | CompletionException e) {
      throw e.getCause() == null ? e : e.getCause();
    }
  }

  @Override
  public String toString() {
    return bean.type().getName() + "." + method.getName();
  }
}
