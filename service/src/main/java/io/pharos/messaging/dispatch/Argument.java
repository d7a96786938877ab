package io.pharos.messaging.dispatch;

import io.pharos.message.PharosException;
import io.pharos.message.Publication;
import io.pharos.messaging.DestinationVariable;
import io.pharos.messaging.Header;
import io.pharos.messaging.Payload;
import io.pharos.messaging.PushSession;
import jakarta.validation.Valid;
import java.lang.reflect.Parameter;
import java.security.Principal;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Where the value of a handler's parameter comes from. */
interface Argument {
  @Nullable Object of(Invocation invocation, PayloadReader payloads);

  /** The body, which only one parameter can be. */
  record OfPayload(java.lang.reflect.Type type, boolean required, boolean valid)
      implements Argument {
    @Override
    public @Nullable Object of(Invocation invocation, PayloadReader payloads) {
      return payloads.read(invocation.request().publication().body(), type, required, valid);
    }
  }

  /**
   * Finds it by annotation and type.
   *
   * @param where names the method in errors
   * @param variables that the mappings of the method all have
   */
  static Argument of(Parameter parameter, Object where, Collection<String> variables) {
    Header header = parameter.getAnnotation(Header.class);
    DestinationVariable variable = parameter.getAnnotation(DestinationVariable.class);
    Class<?> type = parameter.getType();
    if (header != null) {
      return ofHeader(header, parameter, where);
    }
    if (variable != null) {
      return ofVariable(variable, parameter, where, variables);
    }
    if (parameter.isAnnotationPresent(Payload.class)) {
      return ofPayload(parameter);
    }
    if (type == Principal.class) {
      return (invocation, payloads) -> new Sender(invocation.user());
    }
    if (type == PushSession.class) {
      return (invocation, payloads) -> invocation.session();
    }
    if (type == Publication.class) {
      return (invocation, payloads) -> invocation.request().publication();
    }
    if (Throwable.class.isAssignableFrom(type)) {
      return (invocation, payloads) -> invocation.failure();
    }
    return ofPayload(parameter);
  }

  private static Argument ofPayload(Parameter parameter) {
    Payload payload = parameter.getAnnotation(Payload.class);
    return new OfPayload(
        parameter.getParameterizedType(),
        payload == null || payload.required(),
        parameter.isAnnotationPresent(Valid.class));
  }

  private static Argument ofHeader(Header header, Parameter parameter, Object where) {
    if (parameter.getType() == Map.class && header.value().isEmpty()) {
      return (invocation, payloads) -> invocation.headers();
    }
    String name = name(header.value(), parameter, where);
    Class<?> type = textType(parameter, where);
    if (!header.required() && type.isPrimitive()) {
      throw new MappingException(
          where, "the header '" + name + "' may be missing, so it is no " + type);
    }
    return (invocation, payloads) -> {
      String value = invocation.headers().get(name);
      if (value == null && header.required()) {
        throw PharosException.badRequest("the header '" + name + "' is required");
      }
      return value == null ? null : TextValue.parse("the header '" + name + "'", value, type);
    };
  }

  private static Argument ofVariable(
      DestinationVariable variable,
      Parameter parameter,
      Object where,
      Collection<String> variables) {
    String name = name(variable.value(), parameter, where);
    Class<?> type = textType(parameter, where);
    if (!variables.contains(name)) {
      throw new MappingException(where, "no mapping has the variable {" + name + "}");
    }
    return (invocation, payloads) ->
        TextValue.parse(
            "'" + name + "' in the destination",
            invocation.variables().getOrDefault(name, ""),
            type);
  }

  private static Class<?> textType(Parameter parameter, Object where) {
    if (!TextValue.canBe(parameter.getType())) {
      throw new MappingException(
          where,
          "the parameter "
              + parameter.getName()
              + " must be text, a whole number, a boolean or an enum");
    }
    return parameter.getType();
  }

  private static String name(String given, Parameter parameter, Object where) {
    if (given.isEmpty() && !parameter.isNamePresent()) {
      throw new MappingException(
          where, "a parameter has no name: name it in its annotation, or compile with -parameters");
    }
    return given.isEmpty() ? parameter.getName() : given;
  }

  /** Who sent the message. */
  record Sender(String getName) implements Principal {}
}
