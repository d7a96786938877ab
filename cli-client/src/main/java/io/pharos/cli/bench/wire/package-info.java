/**
 * What travels between the benchmark's clients and a server, read and written without a thread and,
 * once a client is subscribed, without an allocation: HTTP, event streams, WebSocket, STOMP.
 */
@NullMarked
package io.pharos.cli.bench.wire;

import org.jspecify.annotations.NullMarked;
