/**
 * Another STOMP broker behind Pharos, over TCP: a connection for each client, and one for the
 * application.
 */
@NullMarked
package io.pharos.relay;

import org.jspecify.annotations.NullMarked;
