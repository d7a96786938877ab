package io.pharos.messaging;

import static java.lang.annotation.RetentionPolicy.RUNTIME;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.Target;

/**
 * Sends a handler's result to the user who asked, at {@code /user/queue/…}; variables are allowed.
 */
@Documented
@Retention(RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
public @interface SendToUser {
  /** Such as {@code /queue/replies}. */
  String[] value();

  /**
   * Whether all sessions of the user get it. False means the one session that asked, if it has
   * subscribed to the destination; such a reply passes no broker and is not retained.
   */
  boolean broadcast() default true;
}
