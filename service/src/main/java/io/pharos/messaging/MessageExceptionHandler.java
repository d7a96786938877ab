package io.pharos.messaging;

import static java.lang.annotation.RetentionPolicy.RUNTIME;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.Target;

/**
 * Makes a method the handler of what the message handlers of its class throw, or of what those of
 * every class throw if its own class has none. The exception that is nearest to the one thrown
 * counts. A result goes where {@link SendTo} and {@link SendToUser} say, and without them to the
 * sender's {@code /user/queue/errors}; the sender stays connected.
 */
@Documented
@Retention(RUNTIME)
@Target(ElementType.METHOD)
public @interface MessageExceptionHandler {
  /** What it handles; by default the type of its parameter that is an exception. */
  Class<? extends Throwable>[] value() default {};
}
