package io.pharos.messaging;

import static java.lang.annotation.RetentionPolicy.RUNTIME;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.Target;

/**
 * Makes a method of a CDI bean the answer to a SUBSCRIBE to {@code /app/NAME}: its result is sent
 * to the one who asks, as one MESSAGE, and nothing more comes. Names are as in {@link
 * MessageMapping}.
 */
@Documented
@Retention(RUNTIME)
@Target(ElementType.METHOD)
public @interface SubscribeMapping {
  String[] value();
}
