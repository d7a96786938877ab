package io.pharos.messaging.dispatch;

import io.pharos.message.Destination;
import io.pharos.message.PharosException;
import io.pharos.messaging.SendTo;
import io.pharos.messaging.SendToUser;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where a method's result goes.
 *
 * @param toUser what begins with {@code /queue/}, to the user who asked
 * @param broadcast whether that means all sessions of the user
 * @param named whether annotations say so
 */
record Routes(List<String> to, List<String> toUser, boolean broadcast, boolean named) {
  private static final Pattern VARIABLE = Pattern.compile("\\{([^}]*)\\}");

  static Routes of(Method method, Class<?> type, Object where, Collection<String> variables) {
    boolean own =
        method.isAnnotationPresent(SendTo.class) || method.isAnnotationPresent(SendToUser.class);
    SendTo to = find(SendTo.class, method, type, own);
    SendToUser toUser = find(SendToUser.class, method, type, own);
    boolean named = to != null || toUser != null;
    if (own && method.getReturnType() == void.class) {
      throw new MappingException(where, "it returns nothing that could be sent");
    }
    var routes =
        new Routes(
            to == null ? List.of() : List.of(to.value()),
            toUser == null ? List.of() : List.of(toUser.value()),
            toUser == null || toUser.broadcast(),
            named);
    routes.check(where, variables);
    return routes;
  }

  private static <A extends Annotation> @Nullable A find(
      Class<A> annotation, Method method, Class<?> type, boolean own) {
    return own ? method.getAnnotation(annotation) : type.getAnnotation(annotation);
  }

  private void check(Object where, Collection<String> variables) {
    for (String template : to) {
      check(where, variables, template, template);
    }
    for (String template : toUser) {
      if (!template.startsWith("/queue/")) {
        throw new MappingException(where, "@SendToUser '" + template + "' must be /queue/…");
      }
      check(where, variables, template, "/user/x" + template);
    }
  }

  private static void check(
      Object where, Collection<String> variables, String template, String whole) {
    Matcher matcher = VARIABLE.matcher(template);
    while (matcher.find()) {
      if (!variables.contains(matcher.group(1))) {
        throw new MappingException(
            where, "'" + template + "' names a variable that no mapping has");
      }
    }
    try {
      if (Destination.of(VARIABLE.matcher(whole).replaceAll("x")).kind() != Destination.Kind.APP) {
        return;
      }
    } catch (PharosException e) {
      throw new MappingException(where, e.detail());
    }
    throw new MappingException(where, "'" + template + "' would come back to a message handler");
  }

  static String fill(String template, Map<String, String> variables) {
    return VARIABLE
        .matcher(template)
        .replaceAll(found -> Matcher.quoteReplacement(variables.getOrDefault(found.group(1), "")));
  }
}
