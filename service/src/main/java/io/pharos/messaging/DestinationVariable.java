package io.pharos.messaging;

import static java.lang.annotation.RetentionPolicy.RUNTIME;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.Target;

/** A variable of the mapping: text, a number, a boolean or an enum's constant. */
@Documented
@Retention(RUNTIME)
@Target(ElementType.PARAMETER)
public @interface DestinationVariable {
  /** Its name; by default the parameter's, if it was compiled with {@code -parameters}. */
  String value() default "";
}
