package io.pharos.messaging;

import static java.lang.annotation.RetentionPolicy.RUNTIME;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.Target;

/**
 * Makes a method of a CDI bean the handler of what clients SEND to {@code /app/NAME}. On a class,
 * what the names of its methods begin with: it is joined to them by a slash, or as it is when it
 * ends with {@code .} or {@code /}.
 *
 * <p>Dots and slashes are part of the name. {@code {variable}} stands for one part: between
 * slashes, or between dots where its segment has dots. Where several mappings fit, the one that is
 * literal where the others are not wins; two of which neither does are refused when the application
 * starts.
 *
 * <p>A result goes where {@link SendTo} and {@link SendToUser} say, and without them to {@code
 * /topic/NAME}.
 */
@Documented
@Retention(RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
public @interface MessageMapping {
  String[] value();
}
