package io.pharos.web;

import jakarta.json.spi.JsonProvider;

/**
 * The server's JSON, looked for once: {@link jakarta.json.Json} asks all class loaders for it in
 * each call, which costs more than all else that an answer does.
 */
final class JsonLookup {
  static final JsonProvider JSON = JsonProvider.provider();

  private JsonLookup() {}
}
