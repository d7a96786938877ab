package io.pharos.messaging.dispatch;

import io.pharos.messaging.MessageExceptionHandler;
import io.pharos.messaging.MessageMapping;
import io.pharos.messaging.SubscribeMapping;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** All message handlers of the application. */
public final class HandlerTable {
  /** A handler that was found, and what its variables are. */
  record Match(HandlerMethod method, Map<String, String> variables) {}

  private record Entry(MappingPattern pattern, HandlerMethod method) {}

  private record Catcher(Class<? extends Throwable> type, HandlerMethod method, boolean global) {}

  private final List<Entry> messages = new ArrayList<>();
  private final List<Entry> subscriptions = new ArrayList<>();
  private final List<Catcher> catchers = new ArrayList<>();

  private HandlerTable() {}

  /** Whether a class has message handlers. */
  public static boolean isFor(Class<?> type) {
    return methods(type).stream()
        .anyMatch(
            method ->
                method.isAnnotationPresent(MessageMapping.class)
                    || method.isAnnotationPresent(SubscribeMapping.class)
                    || method.isAnnotationPresent(MessageExceptionHandler.class));
  }

  /**
   * Reads the annotations.
   *
   * @throws MappingException naming the first method that cannot be used
   */
  public static HandlerTable of(Collection<HandlerBean> beans) {
    var table = new HandlerTable();
    beans.forEach(table::add);
    return table;
  }

  /** How many mappings there are. */
  public int size() {
    return messages.size() + subscriptions.size();
  }

  @Nullable Match message(String name) {
    return find(messages, name);
  }

  @Nullable Match subscription(String name) {
    return find(subscriptions, name);
  }

  /**
   * The method that handles what one of this class threw: its own first, the nearest type first.
   */
  @Nullable HandlerMethod catcher(Class<?> thrower, Throwable thrown) {
    HandlerMethod own = nearest(thrown, each -> each.method().type() == thrower);
    return own != null ? own : nearest(thrown, Catcher::global);
  }

  private @Nullable HandlerMethod nearest(
      Throwable thrown, java.util.function.Predicate<Catcher> among) {
    Catcher best = null;
    for (Catcher each : catchers) {
      if (each.type().isInstance(thrown)
          && among.test(each)
          && (best == null || best.type().isAssignableFrom(each.type()))) {
        best = each;
      }
    }
    return best == null ? null : best.method();
  }

  private static @Nullable Match find(List<Entry> entries, String name) {
    Entry best = null;
    Map<String, String> variables = Map.of();
    for (Entry each : entries) {
      Map<String, String> found = each.pattern().match(name);
      if (found != null && (best == null || each.pattern().isMoreSpecificThan(best.pattern()))) {
        best = each;
        variables = found;
      }
    }
    return best == null ? null : new Match(best.method(), variables);
  }

  private void add(HandlerBean bean) {
    List<Method> all = methods(bean.type());
    boolean mapped = false;
    for (Method method : all) {
      MessageMapping message = method.getAnnotation(MessageMapping.class);
      SubscribeMapping subscribe = method.getAnnotation(SubscribeMapping.class);
      if (message != null) {
        map(bean, method, message.value(), messages);
      }
      if (subscribe != null) {
        map(bean, method, subscribe.value(), subscriptions);
      }
      mapped |= message != null || subscribe != null;
    }
    for (Method method : all) {
      MessageExceptionHandler handler = method.getAnnotation(MessageExceptionHandler.class);
      if (handler != null) {
        catchWith(bean, method, handler, !mapped);
      }
    }
  }

  private void map(HandlerBean bean, Method method, String[] names, List<Entry> entries) {
    String where = bean.type().getName() + "." + method.getName();
    List<MappingPattern> patterns = patterns(bean.type(), names, where);
    Set<String> variables = new HashSet<>(patterns.getFirst().variables());
    patterns.forEach(pattern -> variables.retainAll(pattern.variables()));
    var handler = new HandlerMethod(bean, method, variables);
    for (MappingPattern pattern : patterns) {
      for (Entry other : entries) {
        if (pattern.overlaps(other.pattern())
            && !pattern.isMoreSpecificThan(other.pattern())
            && !other.pattern().isMoreSpecificThan(pattern)) {
          throw new MappingException(
              where,
              "'"
                  + pattern
                  + "' fits what '"
                  + other.pattern()
                  + "' of "
                  + other.method()
                  + " fits as well, and neither goes before the other");
        }
      }
      entries.add(new Entry(pattern, handler));
    }
  }

  private static List<MappingPattern> patterns(Class<?> type, String[] names, String where) {
    MessageMapping outer = type.getAnnotation(MessageMapping.class);
    String[] prefixes = outer == null ? new String[] {""} : outer.value();
    var patterns = new ArrayList<MappingPattern>();
    for (String prefix : prefixes) {
      for (String name : names) {
        try {
          patterns.add(MappingPattern.parse(join(prefix, name)));
        } catch (IllegalArgumentException e) {
          throw new MappingException(where, String.valueOf(e.getMessage()));
        }
      }
    }
    if (patterns.isEmpty()) {
      throw new MappingException(where, "its mapping has no name");
    }
    return patterns;
  }

  private static String join(String prefix, String name) {
    boolean joined =
        prefix.isEmpty() || prefix.endsWith(".") || prefix.endsWith("/") || name.startsWith("/");
    return joined ? prefix + name : prefix + "/" + name;
  }

  private void catchWith(
      HandlerBean bean, Method method, MessageExceptionHandler handler, boolean global) {
    var catcher = new HandlerMethod(bean, method, Set.of());
    List<Class<? extends Throwable>> types = new ArrayList<>(List.of(handler.value()));
    if (types.isEmpty()) {
      for (Class<?> parameter : method.getParameterTypes()) {
        if (Throwable.class.isAssignableFrom(parameter)) {
          types.add(parameter.asSubclass(Throwable.class));
        }
      }
    }
    if (types.isEmpty()) {
      throw new MappingException(catcher, "it does not say which exception it handles");
    }
    for (Class<? extends Throwable> type : types) {
      for (Catcher other : catchers) {
        boolean rivals = other.method().type() == bean.type() || global && other.global();
        if (other.type() == type && rivals) {
          throw new MappingException(
              catcher, type.getName() + " is handled by " + other.method() + " already");
        }
      }
      catchers.add(new Catcher(type, catcher, global));
    }
  }

  /** Of the class and those it extends, without those that are overridden. */
  private static List<Method> methods(Class<?> type) {
    var methods = new ArrayList<Method>();
    var seen = new HashSet<String>();
    for (Class<?> each = type; each != null && each != Object.class; each = each.getSuperclass()) {
      for (Method method : each.getDeclaredMethods()) {
        String signature = method.getName() + List.of(method.getParameterTypes());
        if (!method.isSynthetic() && seen.add(signature)) {
          methods.add(method);
        }
      }
    }
    return methods;
  }
}
