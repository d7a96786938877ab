package io.pharos.messaging;

import static java.lang.annotation.RetentionPolicy.RUNTIME;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.Target;

/**
 * One of the message's headers; {@code destination} and {@code content-type} are among them. On a
 * {@code Map<String, String>}, all of them.
 */
@Documented
@Retention(RUNTIME)
@Target(ElementType.PARAMETER)
public @interface Header {
  /** Its name; by default the parameter's, if it was compiled with {@code -parameters}. */
  String value() default "";

  /** Whether a message without it is refused; otherwise it is null. */
  boolean required() default true;
}
