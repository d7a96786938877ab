package io.pharos.messaging;

import static java.lang.annotation.RetentionPolicy.RUNTIME;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.Target;

/** The message's body. A parameter that is nothing else is it without being marked. */
@Documented
@Retention(RUNTIME)
@Target(ElementType.PARAMETER)
public @interface Payload {
  /** Whether an empty body is refused; otherwise it is null. */
  boolean required() default true;
}
