/** Jakarta adapters: JAX-RS resources, WebSocket endpoints, filters and exception mappers. */
@NullMarked
package io.pharos.web;

import org.jspecify.annotations.NullMarked;
