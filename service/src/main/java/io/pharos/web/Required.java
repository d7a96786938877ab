package io.pharos.web;

import io.pharos.message.PharosException;
import org.jspecify.annotations.Nullable;

/** Parameters that a call cannot do without. */
final class Required {
  private Required() {}

  static String parameter(String name, @Nullable String value) {
    if (value == null || value.isEmpty()) {
      throw PharosException.badRequest("the query parameter '" + name + "' is required");
    }
    return value;
  }
}
