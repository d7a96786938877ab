package io.pharos.it.echo;

import jakarta.websocket.Endpoint;

/** Makes an endpoint for each WebSocket. */
@FunctionalInterface
interface Sockets {
  Endpoint make();
}
