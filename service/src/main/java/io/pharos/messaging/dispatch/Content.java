package io.pharos.messaging.dispatch;

import io.pharos.message.Body;
import jakarta.json.bind.Jsonb;

/** A payload as it is sent. */
record Content(Body body, String contentType) {

  /** Text and bytes as they are, and everything else as JSON. */
  static Content of(Object payload, Jsonb json) {
    return switch (payload) {
      case String text -> new Content(Body.of(text), "text/plain;charset=UTF-8");
      case byte[] bytes -> new Content(Body.wrap(bytes.clone()), "application/octet-stream");
      default -> new Content(Body.of(json.toJson(payload)), "application/json");
    };
  }
}
