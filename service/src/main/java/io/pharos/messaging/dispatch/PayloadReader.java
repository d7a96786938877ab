package io.pharos.messaging.dispatch;

import io.pharos.message.Body;
import io.pharos.message.PharosException;
import jakarta.json.bind.Jsonb;
import jakarta.json.bind.JsonbException;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.ConstraintViolationException;
import jakarta.validation.Validator;
import java.lang.reflect.Type;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes a parameter of a message's body. */
final class PayloadReader {
  private final Jsonb json;
  private final Validator validator;

  PayloadReader(Jsonb json, Validator validator) {
    this.json = json;
    this.validator = validator;
  }

  /**
   * @param valid whether the object's constraints are checked
   * @throws PharosException BAD_REQUEST when the body is not of this type
   */
  @Nullable Object read(Body body, Type type, boolean required, boolean valid) {
    if (type == byte[].class) {
      return body.bytes().clone();
    }
    if (body.length() == 0 && type != String.class) {
      if (required) {
        throw PharosException.badRequest("the message must have a body");
      }
      return null;
    }
    String text = body.textOrNull();
    if (text == null) {
      throw PharosException.badRequest("the body must be text in UTF-8");
    }
    if (type == String.class) {
      return text;
    }
    Object read = fromJson(text, type);
    if (read != null && valid) {
      Set<ConstraintViolation<Object>> violations = validator.validate(read);
      if (!violations.isEmpty()) {
        throw new ConstraintViolationException(violations);
      }
    }
    return read;
  }

  private @Nullable Object fromJson(String text, Type type) {
    Object read;
    try {
      read = json.fromJson(text, type);
    } catch (JsonbException e) {
      // Its message tells of classes.
      throw new PharosException(
          PharosException.Code.BAD_REQUEST, "the body is not the JSON that is expected here", e);
    }
    if (read == null) {
      throw PharosException.badRequest("the body must not be null");
    }
    return read;
  }
}
