package io.pharos.messaging;

import static java.lang.annotation.RetentionPolicy.RUNTIME;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.Target;

/**
 * Where a handler's result is published: {@code /topic/…}, {@code /queue/…} or {@code
 * /user/NAME/queue/…}, with the variables of its mapping. On a class, for all its methods that say
 * nothing themselves.
 */
@Documented
@Retention(RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
public @interface SendTo {
  String[] value();
}
