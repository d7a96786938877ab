package io.pharos.messaging.dispatch;

import io.pharos.message.PharosException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Headers and variables as the simple types that parameters may have. */
final class TextValue {
  private TextValue() {}

  static boolean canBe(Class<?> type) {
    return type == String.class
        || type == int.class
        || type == Integer.class
        || type == long.class
        || type == Long.class
        || type == boolean.class
        || type == Boolean.class
        || type.isEnum();
  }

  /**
   * @throws PharosException BAD_REQUEST naming what it belongs to and what is allowed
   */
  static Object parse(String what, String value, Class<?> type) {
    Object parsed = null;
    String allowed = "a whole number";
    try {
      if (type == String.class) {
        parsed = value;
      } else if (type == int.class || type == Integer.class) {
        parsed = Integer.valueOf(value);
      } else if (type == long.class || type == Long.class) {
        parsed = Long.valueOf(value);
      } else if (type.isEnum()) {
        allowed = "one of " + Arrays.toString(type.getEnumConstants());
        parsed = constant(value, type);
      } else {
        allowed = "true or false";
        parsed = value.equals("true") ? Boolean.TRUE : value.equals("false") ? Boolean.FALSE : null;
      }
    } catch (NumberFormatException e) {
      parsed = null;
    }
    if (parsed == null) {
      throw PharosException.badRequest(what + " must be " + allowed);
    }
    return parsed;
  }

  private static @Nullable Object constant(String value, Class<?> type) {
    for (Object constant : type.getEnumConstants()) {
      if (((Enum<?>) constant).name().equals(value)) {
        return constant;
      }
    }
    return null;
  }
}
